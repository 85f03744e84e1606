"""The examples give the committed graph, byte for byte; a change of it is seen before it is shipped."""

import json

from golden import update


def test_the_graph_of_the_examples_is_the_committed_one() -> None:
    """Where the change is meant: ``python tests/golden/update.py``, and read the difference."""
    assert update.graph().splitlines() == update.GRAPH.read_text("utf-8").splitlines()


def test_records_change_only_with_the_revision_of_the_extraction_code() -> None:
    """Where the change is meant: raise ``extractors.pipeline.REVISION``, then run ``tests/golden/update.py``."""
    assert update.records() == json.loads(update.RECORDS.read_text("utf-8"))


def test_the_reference_of_the_command_line_is_what_the_commands_say() -> None:
    """After a change of a command: ``python tests/golden/update.py``."""
    assert update.reference() == update.REFERENCE.read_text("utf-8")


def test_the_query_library_shows_what_the_queries_answer() -> None:
    """After a change of a query or of the graph: ``python tests/golden/update.py``."""
    assert update.library() == update.LIBRARY.read_text("utf-8")


def test_the_page_of_the_schema_is_what_the_schema_says() -> None:
    """After a change of `kg.schema`: ``python tests/golden/update.py``."""
    assert update.schema_page() == update.SCHEMA.read_text("utf-8")
