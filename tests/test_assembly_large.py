"""Assembly of what is too large for memory: the same bytes, from disk, and in the parts that a distributed run has."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from assembly_records import Extracted, aliases, lines, paper
from hypothesis import given
from hypothesis import strategies as st
from test_assembly_properties import papers

from extractors.names.remembered import forget
from kg.assembly import Overrides, assemble, assembling, sorted_runs, spool
from kg.assembly.assembler import decide
from kg.assembly.collect import CollectedEntity, CollectedPaper, collect_one
from kg.assembly.names import Names
from kg.assembly.numbering import Numbering, Texts
from kg.assembly.present.graph_builder import paper_rows
from kg.assembly.sorted_runs import SortedRows
from kg.assembly.spool import Spool
from kg.errors import KGError
from kg.graph import Graph, above, write_jsonl
from kg.papers import Paper
from kg.stores import ladybug

NETS = ("Foonet", "BarGAN", "GNN", "graph neural network", "convnet", "CNN", "ours")
TASKS = ("parsing", "object detection", "detection of objects in videos", "text classification")
SETS = ("CIFAR-10", "CIFAR10", "SQuAD")


def _papers() -> list[Extracted]:
    """Papers that share names, authors and abbreviations, with statements of different confidence and results."""
    found = []
    for number in range(40):
        net, other = NETS[number % 7], NETS[(3 * number + 1) % 7]
        task, data = TASKS[number % 4], SETS[number % 3]
        text = (
            f"We present {{Method!#1 {net}}} for {{Task#2 {task}}}. It is better than {{Method#3 {other}}}, "
            f"a {{Method#3 baseline number {number % 5}}}, and uses {{Method#5 active learning}} ({{Method#5 AL}}). "
            f"{{Method#1 {net}}} has {{Metric#6 accuracy}} {number}% on {{Dataset#4 {data}}}."
        )
        plain = paper("x", text)[2]
        evidence = {"field": "abstract", "start": plain.abstract.rindex(". ") + 2, "end": len(plain.abstract)}
        result = {"value": f"{number}%", "comparison": "absolute", "evidence": evidence, "confidence": number / 40}
        result |= {"method": "1", "metric": "6", "dataset": "4"}
        relations = (f"1 USED_FOR 2 @{0.3 + number / 80}", f"1 OUTPERFORMS 3 @{1 - number / 50}", "1 EVALUATED_ON 4")
        authors = ("Ada Núñez", f"Bo {'abc'[number % 3]}")
        found.append(paper(f"p:{number:03}", text, *relations, results=[result], authors=authors, year=2020))
    return found


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that may go to disk does so after two or three values."""
    monkeypatch.setattr(spool, "IN_MEMORY", 2)
    monkeypatch.setattr(sorted_runs, "RUN", 3)
    monkeypatch.setattr(sorted_runs, "BLOCK", 2)


@pytest.mark.parametrize("minimum", [0.0, 0.6])
def test_from_disk_come_the_same_bytes_as_from_memory(
    minimum: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    expected = assemble(_papers())
    request.getfixturevalue("tiny")
    shuffled = _papers()
    random.Random(1).shuffle(shuffled)
    with assembling(shuffled, None, minimum, tmp_path) as found:
        graph = above(expected.graph, minimum)
        assert tuple(found.graph.nodes) == graph.nodes
        assert tuple(found.graph.relationships) == graph.relationships
        assert tuple(found.explanations()) == expected.explanations
        assert found.graph.size() == graph.size()
        assert found.graph.relationship_counts.total() == len(graph.relationships)
        ladybug.write(found.graph, tmp_path / "graph.lbug")
    with ladybug.open(tmp_path / "graph.lbug") as store:
        assert _lines(store.read()) == _lines(graph)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.lbug"], "temporary files are gone"


def _lines(graph: Graph) -> str:
    out = io.StringIO()
    write_jsonl(graph, out)
    return out.getvalue()


@pytest.mark.usefixtures("tiny")
def test_a_failed_assembly_leaves_no_files(tmp_path: Path) -> None:
    extracted = [*_papers(), _papers()[3]]
    with pytest.raises(KGError, match="p:003 comes twice"), assembling(extracted, folder=tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_parts_on_several_machines_give_the_graph_of_one() -> None:
    """Shards collect papers and give their names; one place decides; shards make their part of the graph."""
    extracted = _papers()
    collected = {one[0]: collect_one(*one).to_json() for one in extracted}
    names = Names()
    for text in sorted(collected.values(), key=len):  # in any order
        names.add(CollectedPaper.from_json(CollectedPaper.from_json(text).names_only().to_json()))
    names.finish()
    decided = decide(names)
    nodes, relationships = list(decided.nodes()), []
    for number in range(len(decided)):
        concepts = decided.paper(number)
        rows = paper_rows(CollectedPaper.from_json(collected[concepts.id]), concepts)
        nodes += rows[0]
        relationships += rows[1]
    expected = assemble(extracted)
    assert Graph.of(nodes, relationships) == expected.graph
    assert tuple(decided.explanations()) == expected.explanations
    names.close()


@given(papers())
def test_a_collected_paper_is_the_same_from_json(extracted: list[Extracted]) -> None:
    for one in extracted:
        collected = collect_one(*one)
        assert CollectedPaper.from_json(collected.to_json()) == collected


@given(st.lists(st.tuples(st.text(max_size=2), st.integers(0, 9))), st.integers(1, 4), st.integers(1, 3))
def test_rows_are_read_sorted_and_equal_ones_in_the_order_they_came(
    rows: list[tuple[str, int]], run: int, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorted_runs, "RUN", run)
        patch.setattr(sorted_runs, "BLOCK", block)
        found = SortedRows()
        for key, value in rows:
            found.add((key,), value)
        expected = sorted((((key,), value) for key, value in rows), key=lambda row: row[0])
        assert list(found) == expected
        assert list(found) == expected, "they can be read again"
        found.close()


@given(st.lists(st.text(max_size=3)), st.integers(0, 4))
def test_a_spool_gives_every_value_by_its_number(values: list[str], room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "IN_MEMORY", room)
        found = Spool(json.dumps, json.loads)
        for value in values:
            found.add(value)
        assert [found[number] for number in range(len(found))] == values
        assert [found[number] for number in reversed(range(len(found)))] == values[::-1]
        found.close()


def test_a_second_name_that_a_user_keeps_apart_is_a_concept_of_its_own() -> None:
    one = paper("p:1", "{Method#1 Foonet} and {Method#1 convy} and {Method#2 BERT}")
    assert aliases(one) == {frozenset({"Foonet", "convy"}), frozenset({"BERT"})}
    apart = Overrides(different=(("Method", "Foonet", "convy"),))
    assert aliases(one, overrides=apart) == {frozenset({"Foonet"}), frozenset({"convy"}), frozenset({"BERT"})}
    assembly = assemble([one], apart)
    assert "convy" in lines(assembly)
    (why,) = [e for e in assembly.explanations if e.name == "Foonet"]
    assert [other.name for other in why.kept_apart] == ["convy"]


def _papers_of_names(number: int) -> Iterator[CollectedPaper]:
    """So many papers, each with five names that no other has."""
    for place in range(number):
        forms = [f"method number {place} of kind {kind}" for kind in range(5)]
        entities = tuple(CollectedEntity("Method", form, False, 0.0, ((form, 1),)) for form in forms)
        told = Paper("An abstract.", f"title {place}")
        yield CollectedPaper(f"p:{place:06}", told, "", entities, (), (), (), (), {})


def _held(number: int) -> int:
    """The bytes that are held when that many papers are decided, what is remembered of names aside."""
    forget()
    tracemalloc.start()
    try:
        with closing(Names()) as names:
            for collected in _papers_of_names(number):
                names.add(collected)
            names.finish()
            decided = decide(names)
            forget()
            assert len(decided) == number
            return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_a_name_takes_less_than_450_bytes() -> None:
    """Five million names of a million papers fit into 4 GB beside what is remembered of some; as lists they do not."""
    _held(10)  # what is loaded once
    assert (_held(500) - _held(100)) / (400 * 5) < 450


@given(st.sets(st.text(st.characters(), max_size=3), max_size=60), st.text(max_size=3))
def test_sorted_texts_are_found_by_bisection(texts: set[str], other: str) -> None:
    numbering = Numbering()
    numbers = {text: numbering(text) for text in texts}
    found, ranks = numbering.sort()
    assert list(found) == sorted(texts) == found[:]
    assert [found[number] for number in range(-len(texts), 0)] == list(found)
    assert {text: found.find(text) for text in texts} == {text: ranks[number] for text, number in numbers.items()}
    assert other in texts or found.find(other) is None


def test_half_of_a_surrogate_pair_is_kept() -> None:
    assert list(Texts(["\ud835x", "é"])) == ["\ud835x", "é"]
