"""What all tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from neo4j_server import OWN, OwnServer, Server, missing

# Machines that run tests are shared and slow at times: a time limit on one example would
# make a test fail for reasons that are none of the code's.
settings.register_profile("abstractkg", deadline=None)
settings.load_profile("abstractkg")


SLOW = {"neo4j_server", "neo4j", "browser", "wheel"}
"""Fixtures, and values of parameters, that stand for a server, a browser or a build."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server, a browser or a built wheel as slow; ``make test-fast`` leaves it out."""
    for item in items:
        if isinstance(item, pytest.Function):
            parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
            if SLOW & {*item.fixturenames, *map(str, parameters)}:
                item.add_marker("slow")


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server | OwnServer]:
    """A running Neo4j server. Where there can be none the test is skipped; with CI=true it fails."""
    if os.environ.get(OWN):
        yield OwnServer()
        return
    if lack := missing():
        text = f"the tests on Neo4j need Java 17+ and Maven, or {OWN}: {lack}"
        pytest.fail(text) if os.environ.get("CI") == "true" else pytest.skip(text)
    server = Server(data_folder(tmp_path_factory))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.data)


def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A throw-away folder, in memory where the machine has such a place."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="neo4j-", dir=memory)) if memory.is_dir() else tmp_path_factory.mktemp("neo4j")
