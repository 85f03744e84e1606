"""Saved queries: what a file must say, and what is told where it does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.querying import saved

GOOD = """\
// Methods with a name
//
// Which methods are called so,
// in order.
//
// $name (method) = "BERT": name or id
// $limit (integer) = 10: most rows
MATCH (m:Method) WHERE m.name = $name OR m.name = '$other' // $none
RETURN m.id ORDER BY m.id LIMIT $limit;
"""


def test_the_header_gives_title_answer_and_parameters() -> None:
    query = saved.parse(GOOD, "good.cypher", declared=True)
    assert (query.name, query.title, query.answers) == (
        "good",
        "Methods with a name",
        "Which methods are called so, in order.",
    )
    assert [(p.name, p.type, p.default, p.meaning) for p in query.parameters] == [
        ("name", "method", "BERT", "name or id"),
        ("limit", "integer", 10, "most rows"),
    ]
    assert query.statement("neo4j") == query.statement("ladybug")


def test_a_statement_for_the_embedded_engine_stands_in_a_comment() -> None:
    query = saved.parse(
        GOOD + "/* ladybug\nMATCH (m:Method) WHERE m.name = $name RETURN m.id LIMIT $limit\n*/\n", "x.cypher"
    )
    assert query.statement("ladybug") == "MATCH (m:Method) WHERE m.name = $name RETURN m.id LIMIT $limit"
    assert query.statement("neo4j").startswith("MATCH (m:Method) WHERE m.name = $name OR")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("WHERE m.name = $name", "WHERE m.name = $nmae", r"bad.cypher: line 8: parameter \$nmae is not declared"),
        ("LIMIT $limit", "LIMIT 5", r"bad.cypher: line 1: parameter \$limit is declared but never used"),
        ("$limit (integer)", "$name (integer)", r"bad.cypher: line 7: parameter \$name is declared twice"),
        ("(integer)", "(number)", "bad.cypher: line 7: unknown type 'number'; there are string, integer"),
        ("= 10:", '= "10":', r"bad.cypher: line 7: the default of \$limit is not of type integer"),
        ("= 10:", "= ten:", r"bad.cypher: line 7: the default of \$limit is not a JSON value"),
        (' = "BERT"', "", r"bad.cypher: line 6: a parameter is declared as"),
        ("RETURN m.id", "RETURN 1; RETURN m.id", "bad.cypher: line 9: more than one statement"),
        ("Methods with a name", "", "bad.cypher: line 1: the header needs a title"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(old: str, new: str, said: str) -> None:
    with pytest.raises(KGError, match=said):
        saved.parse(GOOD.replace(old, new, 1), "bad.cypher", declared=True)


def test_an_undeclared_parameter_of_the_embedded_statement_has_its_own_line() -> None:
    with pytest.raises(KGError, match=r"line 12: parameter \$other is not declared"):
        saved.parse(GOOD + "/* ladybug\nMATCH (m)\nRETURN $other\n*/\n", "x.cypher", declared=True)


def test_a_file_without_a_statement_is_told() -> None:
    with pytest.raises(KGError, match="no statement"):
        saved.parse("// only\n//\n// words\n/* and more */\n", "x.cypher")


def test_a_file_of_ones_own_needs_no_header(tmp_path: Path) -> None:
    file = tmp_path / "mine.cypher"
    file.write_text("MATCH (n) WHERE n.year > $year RETURN n.id", "utf-8")
    query = saved.find(file)
    assert query.free
    assert query.used() == {"year"}


def test_a_file_that_is_not_there_or_no_text_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KGError, match="No such file"):
        saved.find(tmp_path / "none.cypher")
    (tmp_path / "bytes.cypher").write_bytes(b"\xff\xfe")
    with pytest.raises(KGError, match="not UTF-8 text"):
        saved.find(tmp_path / "bytes.cypher")


def test_an_unknown_name_gets_suggestions() -> None:
    with pytest.raises(KGError, match=r"leaderbord.*did you mean leaderboard"):
        saved.find("leaderbord")
    with pytest.raises(KGError, match="there are authors-on, beaten-by"):
        saved.find("zzz")


def test_there_are_thirty_and_each_says_what_it_answers() -> None:
    queries = saved.load_all()
    assert len(queries) >= 30
    for query in queries.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
        assert query.title[0].isupper()
        assert query.answers.endswith(".")
        assert len({q.title for q in queries.values()}) == len(queries)


def test_rows_of_every_saved_query_have_an_order() -> None:
    """Without one the two engines could not agree."""
    for query in saved.load_all().values():
        for engine in ("neo4j", "ladybug"):
            assert "ORDER BY" in query.statement(engine).rpartition("RETURN")[2], query.name
