"""Readers of RDF in Java, for tests: Apache Jena and the checker of nanopublications, fetched by Maven."""

from __future__ import annotations

import hashlib
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest
from neo4j_server import missing

_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # for programs that live a second
_HERE = Path(__file__).parent / "rdf_java"


def run(*arguments: str) -> str:
    """What a Java program prints; where there can be none the test is skipped, and fails with CI=true."""
    done = subprocess.run(["java", *_QUICK, "-cp", _classpath(), *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def jena(*files: Path) -> list[Path]:
    """The files as Apache Jena reads them, written as N-Quads."""
    run(str(_HERE / "ToNQuads.java"), *map(str, files))
    return [Path(f"{file}.jena.nq") for file in files]


def _cannot(why: str) -> None:
    text = f"the third reader of RDF needs Java 17+ and Maven: {why}"
    pytest.fail(text) if os.environ.get("CI") == "true" else pytest.skip(text)


@cache
def _classpath() -> str:
    if lack := missing():
        _cannot(lack)
    key = hashlib.sha256((_HERE / "pom.xml").read_bytes()).hexdigest()[:12]
    kept = _HERE / "target" / f"classpath-{key}.txt"
    if not kept.exists() or not all(Path(jar).exists() for jar in kept.read_text("utf-8").split(":")):
        kept.parent.mkdir(exist_ok=True)
        fetch = ["mvn", "-B", "-q", "-f", str(_HERE / "pom.xml"), "dependency:build-classpath"]
        done = subprocess.run([*fetch, f"-Dmdep.outputFile={kept}"], capture_output=True, text=True)
        if done.returncode:
            _cannot(f"Maven cannot fetch it ({done.stdout.strip().splitlines()[0]})")
    return kept.read_text("utf-8").strip()
