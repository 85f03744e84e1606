"""A server that speaks S3 for the tests: moto, in a virtual environment of its own.

Its dependencies and ours cannot be in one environment: it needs python-dateutil 2, ours are tested with 4.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

ENVIRONMENT = Path(sys.prefix) / "s3"
"""Where `make` installs it."""


class S3Server:
    """A running server; `stop` it after use."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{port}"
        with log.open("wb") as out:
            program = [str(ENVIRONMENT / "bin" / "moto_server"), "-H", "127.0.0.1", "-p", str(port)]
            self._process = subprocess.Popen(program, stdout=out, stderr=out)
        for _ in range(600):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the S3 server did not start: {log.read_text()[-2000:]}")

    def stop(self) -> None:
        """End it; what it holds is in memory and goes with it."""
        self._process.kill()
        self._process.wait()


def missing() -> str:
    """What this machine lacks for the server; empty if nothing."""
    return (
        "" if (ENVIRONMENT / "bin" / "moto_server").exists() else f"no moto_server in {ENVIRONMENT}; `make` installs it"
    )
