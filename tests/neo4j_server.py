"""A real Neo4j server for tests: of one's own, or one from Maven Central that lives as long as the tests.

`ABSTRACTKG_TEST_NEO4J_URI` (with `..._USER` and `..._PASSWORD`) names one's own. abstractkg's part
of its database is overwritten, the rest is left alone. `ABSTRACTKG_TEST_NEO4J_VERSION` chooses another
version than pom.xml does; from 2025.01 on they need Java 21.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

HERE = Path(__file__).parent / "neo4j"
OWN = "ABSTRACTKG_TEST_NEO4J_URI"


class Server:
    """A Neo4j server that can be stopped, killed and started again with the same data and address."""

    def __init__(
        self, data: Path, *, heap: str = "512m", optimise: bool = False, maximal_file_size: int | None = None
    ) -> None:
        self.user, self.password, self.database = "neo4j", secrets.token_hex(8), "neo4j"
        self.data, self._heap, self._optimise = data, heap, optimise
        with socket.socket() as free:
            free.bind(("localhost", 0))
            self._port = free.getsockname()[1]
        self.uri = f"bolt://localhost:{self._port}"
        self._first = {"NEO4J_TEST_PASSWORD": self.password}
        self._process: subprocess.Popen[bytes] | None = None
        self._maximal_file_size = maximal_file_size

    def start(self, *settings: str) -> None:
        """Start it, with settings as ``name=value``, and wait until it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        extra = self.data / "extra.conf"
        extra.write_text("\n".join(settings), "utf-8")
        java = ["java", f"-Xmx{self._heap}", "-XX:+UseSerialGC"]
        if not self._optimise:
            java.append("-XX:TieredStopAtLevel=1")  # starts sooner
        command = [*java, "Server", str(self.data), str(self._port), str(extra)]
        if self._maximal_file_size:
            command = ["prlimit", f"--fsize={self._maximal_file_size}", *command]
        log = self.data / "output.log"
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "CLASSPATH": f"{compiled()}:{classpath()}", **self._first},
            )
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != b"ready":
            self.kill()
            raise RuntimeError(f"Neo4j did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
        self._first = {}

    def stop(self) -> None:
        """Shut it down in good order."""
        if self._process and self._process.stdin:
            self._process.stdin.close()
            self._end()

    def kill(self) -> None:
        """End it as a power failure would."""
        if self._process:
            self._process.kill()
            if self._process.stdin:
                self._process.stdin.close()
            self._end()

    def _end(self) -> None:
        assert self._process is not None
        self._process.wait(60)
        if self._process.stdout:
            self._process.stdout.close()
        self._process = None


class OwnServer:
    """The server that `ABSTRACTKG_TEST_NEO4J_URI` names; it is not ours to stop."""

    def __init__(self) -> None:
        self.uri = os.environ[OWN]
        self.user = os.environ.get("ABSTRACTKG_TEST_NEO4J_USER", "neo4j")
        self.password = os.environ.get("ABSTRACTKG_TEST_NEO4J_PASSWORD", "")
        self.database = os.environ.get("ABSTRACTKG_TEST_NEO4J_DATABASE", "neo4j")


def missing() -> str:
    """What this machine lacks for a server of the tests' own; empty if nothing."""
    for tool in ("java", "javac", "mvn"):
        if not shutil.which(tool):
            return f"{tool} is not installed"
    version = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr
    match = re.search(r'version "(\d+)', version)
    return "" if match and int(match[1]) >= 17 else "Java is older than 17"


def classpath() -> str:
    """The jars of Neo4j, fetched by Maven the first time."""
    version = os.environ.get("ABSTRACTKG_TEST_NEO4J_VERSION", "")
    key = hashlib.sha256((HERE / "pom.xml").read_bytes() + version.encode()).hexdigest()[:12]
    kept = HERE / "target" / f"classpath-{key}.txt"
    if not kept.exists() or not all(Path(jar).exists() for jar in kept.read_text("utf-8").split(":")):
        kept.parent.mkdir(exist_ok=True)
        fetch = ["mvn", "-B", "-q", "-f", str(HERE / "pom.xml"), "dependency:build-classpath"]
        other = [f"-Dneo4j.version={version}"] if version else []
        done = subprocess.run([*fetch, *other, f"-Dmdep.outputFile={kept}"], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"Maven cannot fetch Neo4j: {done.stdout[-2000:]}")
    return kept.read_text("utf-8").strip()


def compiled() -> Path:
    """The folder of the compiled launcher."""
    source, classes = HERE / "Server.java", HERE / "target" / "classes"
    made = classes / "Server.class"
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["javac", "-cp", classpath(), "-d", str(classes), str(source)], check=True)
    return classes
