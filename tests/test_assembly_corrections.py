"""Corrections by a person: rejected claims, other types, concepts that are left out; and what is told of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from assembly_records import concepts, paper

import kg
from kg.assembly import Overrides, assemble, assembling, describe, parse_overrides
from kg.errors import KGError
from kg.graph import Graph

ONE = paper(
    "arxiv:1",
    "{Method GetUp} beats {Method#2 masked autoencoder} ({Method#2 MAE}) on {Dataset Titan X}.",
    "GetUp OUTPERFORMS masked autoencoder",
    "GetUp EVALUATED_ON Titan X",
    key="one2020",
)
TWO = paper("arxiv:2", "{Method GetUp} and {Method MAE}.", "GetUp OUTPERFORMS MAE", key="two2021")


def claims(graph: Graph) -> set[tuple[str, str, str, str]]:
    return {
        (rel.type, rel.start, rel.end, str(rel.properties["paper"]))
        for rel in graph.relationships
        if "paper" in rel.properties
    }


def built(text: str) -> Graph:
    return assemble([ONE, TWO], parse_overrides(text, "o.tsv")).graph


def test_a_rejected_claim_is_left_out_under_every_name_of_its_concepts() -> None:
    beats = {("OUTPERFORMS", "method:getup", "method:masked-autoencoder", f"arxiv:{n}") for n in (1, 2)}
    assert beats < claims(built(""))
    assert not beats & claims(built("reject\tOUTPERFORMS\tGetUp\tMAE\n"))
    assert not beats & claims(built("reject\tOUTPERFORMS\tGetUp\tmasked autoencoder\n"))


def test_a_claim_can_be_rejected_of_one_paper_by_its_id_or_key() -> None:
    for name in ("arxiv:1", "one2020"):
        found = claims(built(f"reject\tOUTPERFORMS\tGetUp\tMAE\t{name}\n"))
        assert {paper for kind, _, _, paper in found if kind == "OUTPERFORMS"} == {"arxiv:2"}


def test_a_rejected_comparison_is_left_out_whichever_side_is_named_first() -> None:
    compared = paper("arxiv:3", "{Method FooNet}, {Method BarNet}.", "FooNet COMPARED_WITH BarNet")
    for line in ("reject\tCOMPARED_WITH\tFooNet\tBarNet", "reject\tCOMPARED_WITH\tBarNet\tFooNet"):
        assert claims(assemble([compared], parse_overrides(line, "o.tsv")).graph) == set()


def test_a_concept_gets_another_type_and_loses_the_claims_that_do_not_fit() -> None:
    found = assemble([ONE, TWO], parse_overrides("type\tDataset\tTitan X\tMethod\n", "o.tsv"))
    assert "method:titan-x" in concepts(found)
    assert "EVALUATED_ON" not in {kind for kind, *_ in claims(found.graph)}


def test_a_dropped_concept_is_in_nothing_that_the_graph_says() -> None:
    graph = built("drop\tDataset\tTitan X\n")
    assert all("titan" not in node.id for node in graph.nodes)
    assert all("titan" not in rel.end and rel.start and rel.end for rel in graph.relationships)
    assert any(rel.type == "OUTPERFORMS" for rel in graph.relationships)


def test_explain_tells_every_correction() -> None:
    text = "drop\tDataset\tTitan X\ntype\tMethod\tMAE\tMetric\nreject\tOUTPERFORMS\tGetUp\tMAE\tone2020\n"
    found = assemble([ONE, TWO], parse_overrides(text, "o.tsv"))
    lines = {line.strip() for explanation in found.explanations for line in describe(explanation)}
    assert "left out of the graph by an override" in lines
    assert "a Metric, not a Method, by an override" in lines


def test_a_rejection_is_told_of_both_concepts() -> None:
    found = assemble([ONE, TWO], parse_overrides("reject\tOUTPERFORMS\tGetUp\tMAE\tone2020\n", "o.tsv"))
    told = {e.name for e in found.explanations if e.decided}
    assert told == {"GetUp", "masked autoencoder"}
    (line,) = {line for e in found.explanations for line in e.decided}
    assert line == "the claim GetUp OUTPERFORMS MAE of one2020 is rejected by an override"


def test_a_correction_of_what_no_paper_names_has_no_effect() -> None:
    lines = Overrides(dropped=(("Method", "Nothing"),), types=(("Task", "GetUp", "Method"),))
    assert assemble([ONE, TWO], lines) == assemble([ONE, TWO])


def idle(text: str) -> list[str]:
    with assembling([ONE, TWO], parse_overrides(text, "o.tsv")) as found:
        return [str(problem) for problem in found.idle]


def test_a_line_that_names_nothing_is_told_with_its_place_and_the_nearest_name() -> None:
    text = "# ours\nsame\tMethod\tGetUpp\tMAE\n\ndrop\tDataset\tTitan Y\n"
    assert idle(text + "reject\tOUTPERFORMS\tGetUp\tmaskd autoencoder\n") == [
        "o.tsv: line 2: no Method is called 'GetUpp'; did you mean 'GetUp'?",
        "o.tsv: line 4: no Dataset is called 'Titan Y'; did you mean 'Titan X'?",
        "o.tsv: line 5: no Method is called 'maskd autoencoder'; did you mean 'masked autoencoder'?",
    ]
    assert idle("different\tMethod\tMAE\tquite another thing\n") == [
        "o.tsv: line 1: no Method is called 'quite another thing'"
    ]
    assert idle("drop\tTask\tGetUp\n") == ["o.tsv: line 1: no Task is called 'GetUp'; it is a Method"]
    assert idle("reject\tOUTPERFORMS\tGetUp\tMAE\tthree2022\n") == [
        "o.tsv: line 1: no paper has the id or key 'three2022'"
    ]


def test_lines_with_an_effect_are_not_told() -> None:
    text = (
        "same\tMethod\tGetUp\tMAE\ntype\tDataset\tTitan X\tMethod\ndrop\tMethod\tTitan X\n"
        "reject\tOUTPERFORMS\tget-up\tmasked autoencoders\tone2020\ndifferent\tMethod\tTitan X\tMAE\n"
    )
    assert idle(text) == []


def test_a_concept_has_one_type() -> None:
    with pytest.raises(KGError, match="line 2: 'Titan X' is already of the type 'Method'"):
        parse_overrides("type\tDataset\tTitan X\tMethod\ntype\tDataset\tTitan X\tTask\n", "o.tsv")


SCANS = (
    paper("arxiv:8", "{Task scan matching} of gardens."),
    paper("arxiv:9", "{Task GardenReg} of gardens, and {Task rose registration}."),
)


def former(overrides: str) -> dict[str, tuple[str, ...]]:
    explanations = assemble([*SCANS, ONE], parse_overrides(overrides, "o.tsv")).explanations
    return {e.id: e.former for e in explanations if e.former}


def test_a_concept_remembers_the_ids_that_it_had_without_overrides() -> None:
    assert former("") == {}
    assert former("different\tTask\tscan matching\trose registration\n") == {}
    assert former("same\tTask\tscan matching\tGardenReg\n") == {"task:scan-matching": ("task:gardenreg",)}
    assert former("type\tDataset\tTitan X\tMethod\n") == {"method:titan-x": ("dataset:titan-x",)}


def test_a_concept_is_still_found_by_the_id_that_an_override_took(tmp_path: Path) -> None:
    rows = [{**record.to_json(), "id": identity} for identity, _, record in SCANS]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "o.tsv").write_text("same\tTask\tscan matching\tGardenReg\ntype\tTask\trose registration\tMethod\n")
    store = tmp_path / "store"
    kg.build([tmp_path / "p.jsonl"], store, extractor="patterns", overrides=tmp_path / "o.tsv")
    for before, after in (
        ("task:gardenreg", "task:scan-matching"),
        ("task:rose-registration", "method:rose-registration"),
    ):
        assert [e.id for e in kg.explain(before, store=store)] == [after]
        assert f"  was {before}" in describe(kg.explain(after, store=store)[0])
        assert kg.query("card", {"concept": before}, store=store).dicts()[0]["id"] == after
