"""What is told of a merge, and how a person's decisions are read."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from assembly_records import paper

from kg.assembly import (
    Overrides,
    assemble,
    describe,
    find_explanations,
    read_explanations,
    read_overrides,
    write_explanations,
)
from kg.assembly.present.explanations import Explanation
from kg.errors import KGError

PAPERS = [
    paper("p:1", "We train {Method#1 convolutional neural networks} ({Method#1 CNNs})."),
    paper("p:2", "{Method ConvNet} and {Method CNN}, and {Method CNN architecture}"),
    paper("p:3", "{Method#1 active learning} ({Method#1 AL})"),
    paper("p:4", "{Method#1 augmented Lagrangian} ({Method#1 AL})"),
    paper("p:5", "{Method AL}"),
]


def explain(name: str, explanations: Iterable[Explanation]) -> list[str]:
    return [line for found in find_explanations(name, explanations) for line in describe(found)]


def test_forms_are_told_with_rule_paper_and_sentence() -> None:
    text = "\n".join(explain("convnet", assemble(PAPERS).explanations))
    assert text.startswith("convolutional neural network (method:convolutional-neural-network): Method in ")
    assert "abbreviation, defined: CNNs (1)\n    p:1: We train convolutional neural networks (CNNs)." in text
    assert "the same name, written differently: ConvNet (1), convolutional neural networks (1)" in text
    assert "generic word at the end" in text


def test_an_abbreviation_left_alone_says_why() -> None:
    text = "\n".join(explain("AL", assemble(PAPERS).explanations))
    assert "AL (method:al): Method in 1 paper" in text
    assert "not active learning: defined so by 1 of 2 papers; the others do not define it" in text


def test_names_are_found_by_id_and_in_other_spelling() -> None:
    explanations = assemble(PAPERS).explanations
    assert explain("method:active-learning", explanations) == explain("Active-Learning", explanations)
    with pytest.raises(KGError, match="unknown concept 'active lerning'; did you mean 'active learning'"):
        explain("active lerning", explanations)


def test_an_override_is_given_as_the_reason() -> None:
    papers = [paper("p:1", "{Method FooNet} and {Method BarNet} and {Method BazNet model} and {Method BazNet}")]
    yours = Overrides(same=(("Method", "FooNet", "BarNet"),), different=(("Method", "BazNet", "BazNet model"),))
    explanations = assemble(papers, yours).explanations
    assert "override" in "\n".join(explain("FooNet", explanations))
    assert "not BazNet model: kept apart by an override" in "\n".join(explain("method:baznet", explanations))


def test_explanations_are_read_as_they_were_written() -> None:
    explanations = assemble(PAPERS).explanations
    out = io.StringIO()
    write_explanations(explanations, out)
    assert tuple(read_explanations(io.StringIO(out.getvalue()))) == explanations


def test_a_broken_line_of_explanations_is_named() -> None:
    with pytest.raises(KGError, match="why: line 1: not an explanation"):
        list(read_explanations(["{}"], "why"))


def test_overrides_are_read_from_a_table(tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    file.write_text("# ours\n\nsame\tMethod\tConvNet\tCNN\ndifferent\tDataset\tA B\tC\n", encoding="utf-8")
    assert read_overrides(file) == Overrides(same=(("Method", "ConvNet", "CNN"),), different=(("Dataset", "A B", "C"),))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("same\tMethod\tA", "needs 4 tab-separated cells"),
        ("drop\tMethod", "needs 3 tab-separated cells"),
        ("reject\tBEATS\tA\tB", "unknown relationship 'BEATS'"),
        ("type\tMethod\tA\tThing", "unknown type 'Thing'"),
        ("equal\tMethod\tA\tB", "begins with 'equal'"),
        ("same\tModel\tA\tB", "unknown type 'Model'"),
        ("same\tMethod\tA\t ", "a cell is empty"),
    ],
)
def test_a_bad_line_of_overrides_is_named(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(f"# first\n{line}\n", encoding="utf-8")
    with pytest.raises(KGError, match=f"names.tsv: line 2: {problem}"):
        read_overrides(file)


def test_overrides_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"none\.tsv: cannot be read"):
        read_overrides(tmp_path / "none.tsv")


def test_papers_are_counted_once_whatever_they_call_a_concept() -> None:
    """The same number as in the graph: a paper with two of its names is one paper."""
    made = assemble(PAPERS)
    told = {e.id: dict(e.papers) for e in made.explanations}
    assert told == {n.id: {n.label: n.properties["papers"]} for n in made.graph.nodes if n.id in told}
    assert told["method:convolutional-neural-network"] == {"Method": 2}
