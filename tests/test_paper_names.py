"""What people call a paper: the keys and ids of inputs are kept, papers are found by them, and tables show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import small_graph

from kg import schema
from kg import table as tables
from kg.assembly.present.paper_keys import made_key, paper_keys
from kg.errors import KGError, Report
from kg.graph import Graph, Node
from kg.papers import Paper
from kg.querying import saved
from kg.querying.resolve import resolve
from kg.querying.run import run
from kg.readers import read_papers
from kg.readers.merge import merge_papers
from kg.stores import ladybug
from kg.stores.archive import Archive
from kg.stores.ladybug import EmbeddedGraph
from kg.text_table import display_width

QUERIES = saved.load_all()


def _keys(papers: Sequence[tuple[str, Paper]]) -> dict[str, str]:
    """The key of each paper by its id."""
    ids = [paper_id for paper_id, _ in papers]
    keys = [paper.key or made_key(paper) for _, paper in papers]
    return dict(zip(ids, paper_keys(ids, keys, [bool(paper.key) for _, paper in papers]), strict=True))


def _read(name: str, text: str, folder: Path) -> Paper:
    (folder / name).write_text(text, encoding="utf-8")
    (paper,) = read_papers([folder / name], Report())
    return paper


@pytest.mark.parametrize(
    ("name", "text", "key", "ids"),
    [
        ("a.bib", "@misc{nunez2023, abstract={We walk.}, ids={walk23, old}, pmid={301}}", "nunez2023",
         ("301", "nunez2023", "old", "walk23")),
        ("a.ris", "TY  - JOUR\nID  - nunez23\nAN  - 777\nAB  - We walk.\nER  - \n", "nunez23", ("777", "nunez23")),
        ("a.json", '[{"id": "u/1/items/AB12", "citation-key": "nunez2023", "issued": {}, '
         '"abstract": "We walk.", "PMID": "301"}]', "nunez2023", ("301", "nunez2023", "u/1/items/AB12")),
        ("b.json", '[{"id": "nunez2023", "issued": {}, "abstract": "We walk."}]', "nunez2023", ("nunez2023",)),
        ("a.csv", "Key,PMID,abstract\nAB12CD,301,We walk over graphs.\n", "AB12CD", ("301", "AB12CD")),
        ("c.json", '[{"id": "W43", "authorships": [], "abstract": "We walk."}]', None, ("W43",)),
        ("d.json", '[{"paperId": "ab", "corpusid": 9, "externalIds": {"PubMed": "301"}, "abstract": "We walk."}]', None,
         ("301", "9", "ab")),
    ],
)  # fmt: skip
def test_keys_and_ids_of_the_input_are_kept(
    name: str, text: str, key: str | None, ids: tuple[str, ...], tmp_path: Path
) -> None:
    paper = _read(name, text, tmp_path)
    assert (paper.key, paper.ids) == (key, ids)


def test_an_id_that_is_the_doi_or_arxiv_id_is_not_said_twice(tmp_path: Path) -> None:
    paper = _read("a.json", '{"id": "2304.01234", "authors_parsed": [], "abstract": "We walk."}', tmp_path)
    assert (paper.arxiv, paper.ids) == ("2304.01234", ())


def test_a_paper_in_two_files_keeps_the_ids_of_both_and_the_key_of_the_bibliography() -> None:
    pubmed = Paper("We walk over citation graphs.", doi="10.5555/x", local_id="301", ids=("301",))
    bib = replace(pubmed, local_id="nunez2023", key="nunez2023", ids=("nunez2023",))
    ((_, merged),) = merge_papers([pubmed, bib])
    assert (merged.key, merged.ids) == ("nunez2023", ("301", "nunez2023"))


def test_the_archive_keeps_them_and_reads_papers_that_were_kept_without(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        archive.replace_readings([("a.bib", Paper("We walk.", key="n23", ids=("n23", "301")))])
        archive._db.execute(
            """INSERT INTO readings VALUES ('old', 'x', '{"abstract": "Old.", "authors": [], "source": []}')"""
        )
        assert {(p.abstract, p.key, p.ids) for p in archive.papers()} == {
            ("We walk.", "n23", ("n23", "301")), ("Old.", None, ())}  # fmt: skip


def test_a_paper_without_a_key_gets_one_that_people_would_give() -> None:
    keys = _keys([
        ("arxiv:1", Paper("x", title="The Noisy Labels", year=2021, authors=("Ada Núñez",))),
        ("text:0a1b", Paper("We walk graphs.")),
        ("text:2c3d", Paper("x", title="YOLOv3: An Incremental Improvement on 3D Scenes", year=2018)),
        ("arxiv:4", Paper("x", title="3D Scenes", year=2019, authors=("X. Li",))),
        ("text:4e5f", Paper("12.")),
        ("doi:2", Paper("x", key="given")),
    ])  # fmt: skip
    assert keys == {
        "arxiv:1": "nunez2021noisy",
        "text:0a1b": "wewalkgraphs",
        "text:2c3d": "yolov3incrementalimprovement2018",
        "arxiv:4": "li20193d",
        "text:4e5f": "anonymous",
        "doi:2": "given",
    }


def test_made_keys_are_set_apart_from_each_other_and_from_given_ones() -> None:
    same = Paper("x", title="Noisy Labels", year=2021, authors=("Ada Núñez",))
    papers = [("text:00aa11bb", same), ("text:00cc22dd", same)]
    assert _keys(papers) == {"text:00aa11bb": "nunez2021noisy-11bb", "text:00cc22dd": "nunez2021noisy-22dd"}
    assert _keys(papers) == _keys(papers[::-1])
    taken = _keys([papers[0], ("doi:3", Paper("z", key="nunez2021noisy"))])
    assert len(set(taken.values())) == 2


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGraph]:
    path = tmp_path_factory.mktemp("papers") / "g.lbug"
    ladybug.write(small_graph.graph(), path)
    with ladybug.open(path) as opened:
        yield opened


@pytest.mark.parametrize("name", ["arxiv:0003.00003", "0003.00003", "lovelace2018deep", "S2", "Deep two-way encoders"])
def test_a_paper_is_found_by_its_key_and_every_id(name: str, embedded: EmbeddedGraph) -> None:
    assert resolve(embedded, ("Paper",), name).id == "arxiv:0003.00003"
    assert run(embedded, "paper-claims", {"paper": name}).rows


def test_a_key_of_two_papers_is_not_guessed(tmp_path: Path) -> None:
    twice = [Node("Paper", f"text:{n}", {"key": "smith2020", "title": f"Part {n}"}) for n in (1, 2)]
    ladybug.write(Graph.of(twice, []), tmp_path / "g.lbug")
    with ladybug.open(tmp_path / "g.lbug") as store:
        with pytest.raises(KGError, match=r"'smith2020' names 2 papers.*text:1 \(Part 1\); text:2 \(Part 2\)"):
            resolve(store, ("Paper",), "smith2020")
        assert resolve(store, ("Paper",), "text:2").id == "text:2"


@pytest.mark.parametrize("name", ["arxiv:1706.03762", "1706.03762", "arXiv:1706.03762"])
def test_an_identifier_that_two_papers_claim_names_both(name: str, tmp_path: Path) -> None:
    twice = [Node("Paper", f"text:{n}", {"arxiv": "1706.03762", "title": f"Part {n}"}) for n in (1, 2)]
    ladybug.write(Graph.of(twice, []), tmp_path / "g.lbug")
    with (
        ladybug.open(tmp_path / "g.lbug") as store,
        pytest.raises(KGError, match=rf"'{name}' names 2 papers.*text:1 \(Part 1\); text:2 \(Part 2\)"),
    ):
        resolve(store, ("Paper",), name)


_PREFIXES = (*(f"{label.lower()}:" for label in (*schema.CONCEPT_LABELS, "Result")), "arxiv:", "doi:", "text:")


@pytest.mark.parametrize("name", QUERIES)
def test_no_saved_query_shows_ids_of_the_graph_to_people(name: str, embedded: EmbeddedGraph) -> None:
    """They are in the rows, for programs, and in columns that tables for people leave out."""
    query = QUERIES[name]
    plain = {p.name: p.default for p in query.parameters}
    found = run(embedded, query, plain)
    shown = found.readable()
    assert set(found.columns) == {*shown.columns, *found.ids}
    for row in shown.rows:
        for column, cell in zip(shown.columns, row, strict=True):
            assert not (isinstance(cell, str) and cell.startswith(_PREFIXES) and " " not in cell), column
    if "paper" in found.columns:
        assert {"title", "key"} <= set(shown.columns)


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("width", [40, 60, 80])
def test_rows_of_every_saved_query_fit_the_terminal_with_all_their_columns(
    name: str, width: int, embedded: EmbeddedGraph
) -> None:
    query = QUERIES[name]
    found = run(embedded, query, {p.name: p.default for p in query.parameters})
    text = tables.as_text(found, width)
    assert all(display_width(line) <= width for line in text.splitlines())
    for column in found.readable().columns:
        assert all(part in text for part in column.split("_")), column


def test_a_query_of_ones_own_shows_every_column(embedded: EmbeddedGraph) -> None:
    found = run(embedded, "MATCH (p:Paper) RETURN p.id AS id, p.key AS key ORDER BY id LIMIT 1")
    assert found.readable().columns == ("id", "key")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("claims", {"concept": "BERT"}),
        ("claims-from", {"concept": "BERT"}),
        ("claims-to", {"concept": "BERT"}),
        ("paper-claims", {"paper": "arxiv:0003.00003"}),
        ("methods-for-task", {"task": "question answering"}),
        ("datasets-for-task", {"task": "question answering"}),
        ("tasks-of-method", {"method": "BERT"}),
        ("tasks-of-dataset", {"dataset": "SQuAD"}),
        ("kinds-of", {"concept": "language model"}),
    ],
)
def test_every_list_of_claims_cites_the_paper_that_is_surest(
    name: str, values: dict[str, str], embedded: EmbeddedGraph
) -> None:
    found = run(embedded, name, values)
    keys = {row["key"] for row in found.dicts()}
    assert keys
    assert None not in keys
    latex = tables.as_latex(found)
    assert all(rf"\cite{{{key}}}" in latex for key in keys)


def test_sentence_and_key_of_a_claim_are_of_one_paper(embedded: EmbeddedGraph) -> None:
    for row in run(embedded, "claims", {}).dicts():
        said = "MATCH (a)-[r]->(b) WHERE a.id = $a AND b.id = $b AND r.sentence = $s "
        said += "MATCH (p:Paper) WHERE p.id = r.paper RETURN p.key"
        ends = {"a": row["subject_id"], "b": row["object_id"], "s": row["sentence"]}
        assert (row["key"],) in embedded.run(said, ends).rows


def test_latex_cites_the_paper_of_each_row(embedded: EmbeddedGraph) -> None:
    latex = tables.as_latex(run(embedded, "beaten-by", {"method": "BERT"}))
    assert r"\cite{lovelace2019encoders}" in latex
    assert "arxiv:" not in latex
