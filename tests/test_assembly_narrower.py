"""Narrower concepts by their names: which names are kinds of which, in the graph, in queries and in the hierarchy."""

from __future__ import annotations

from pathlib import Path

import pytest
from assembly_records import Extracted, paper

from kg.assembly import Assembly, assemble
from kg.exports.rdf.hierarchy import broader
from kg.querying.run import run
from kg.stores import ladybug


def narrower(assembly: Assembly) -> set[tuple[str, str]]:
    """(narrower, broader) names."""
    names = {node.id: str(node.properties.get("name")) for node in assembly.graph.nodes}
    return {(names[r.start], names[r.end]) for r in assembly.graph.relationships if r.type == "NARROWER_THAN"}


def tasks(*names: str) -> list[Extracted]:
    return [paper(f"arxiv:{number}", f"About {{Task {name}}}.") for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("vehicle re-identification", "re-identification"),
        ("point cloud based 3D object detection", "3D object detection"),
        ("3D point cloud object detection", "3D object detection"),
        ("3D object detection from RGB-D data", "3D object detection"),
        ("point cloud completion and classification", "point cloud completion"),
        ("semantic segmentation of 3D point clouds", "point cloud segmentation"),
        ("non-rigid registration", "registration"),
    ],
)
def test_a_longer_name_is_a_kind_of_the_shorter(longer: str, shorter: str) -> None:
    assert narrower(assemble(tasks(longer, shorter))) == {(longer, shorter)}


@pytest.mark.parametrize(
    ("longer", "other"),
    [
        ("domain adaptation for semantic segmentation", "semantic segmentation"),
        ("LiDAR based 3D detection", "3D object detection"),
        ("self-supervised learning", "supervised learning"),
        ("weakly supervised learning", "supervised learning"),
        ("attention-free modelling", "attention modelling"),
        ("object tracking", "object detection"),
        ("image retrieval", "image"),
    ],
)
def test_other_names_are_no_kinds(longer: str, other: str) -> None:
    assert narrower(assemble(tasks(longer, other))) == set()


@pytest.mark.parametrize("head", ["model", "network", "mechanism"])
def test_what_only_says_that_something_is_a_method_is_no_broader_concept(head: str) -> None:
    longer = paper("arxiv:1", f"We use {{Method sparse language {head}}}.")
    assert narrower(assemble([longer, paper("arxiv:2", f"The {{Method {head}}} is fast.")])) == set()


def test_data_sets_have_proper_names_and_types_do_not_mix() -> None:
    found = assemble(
        [
            paper("arxiv:1", "{Dataset MNIST}, {Dataset noisy MNIST} and {Dataset Fashion MNIST}."),
            paper("arxiv:2", "{Method ranking} for {Task passage ranking}."),
        ]
    )
    assert narrower(found) == {("noisy MNIST", "MNIST")}


@pytest.mark.parametrize("version", ["Lawn 1.1", "Lawn 2.0", "Lawn v2", "Lawn2", "Lawn-10", "Lawn 2017"])
def test_a_version_of_a_data_set_is_a_kind_of_it(version: str) -> None:
    found = assemble([paper("arxiv:1", f"{{Dataset {version}}} and {{Dataset Lawn}} are large.")])
    assert narrower(found) == {(version, "Lawn")}


def test_an_abbreviation_at_the_end_means_what_its_letters_say() -> None:
    found = assemble(
        [
            paper("arxiv:1", "{Task#1 person re-identification} ({Task#1 ReID}) is not {Task re-identification}."),
            paper("arxiv:2", "For {Task hazy vehicle ReID}."),
            paper("arxiv:3", "{Method#1 convolutional neural network} ({Method#1 CNN}) is known."),
            paper("arxiv:4", "A {Method group equivariant CNN}."),
        ]
    )
    assert narrower(found) == {
        ("person re-identification", "re-identification"),
        ("hazy vehicle ReID", "re-identification"),
        ("group equivariant CNN", "convolutional neural network"),
    }


def test_the_hierarchy_has_the_nearest_broader_concepts_only() -> None:
    found = assemble(tasks("3D object detection", "object detection", "detection"))
    assert len(narrower(found)) == 3
    assert broader(found.graph) == {
        ("task:3d-object-detection", "task:object-detection"),
        ("task:object-detection", "task:detection"),
    }


def test_a_query_by_task_finds_what_stands_under_narrower_names(tmp_path: Path) -> None:
    found = assemble(
        [
            paper("arxiv:1", "{Method VoxelNet} for {Task point cloud based 3D object detection}.", SAID, year=2018),
            paper(
                "arxiv:2",
                "{Method PointFusion} for {Task 3D object detection}.",
                "PointFusion USED_FOR 3D object detection",
            ),
        ]
    )
    ladybug.write(found.graph, tmp_path / "g.lbug")
    with ladybug.open(tmp_path / "g.lbug") as store:
        rows = run(store, "methods-for-task", {"task": "3D object detection"}).dicts()
        kinds = run(store, "kinds-of", {"concept": "3D object detection"}).dicts()
        papers = run(store, "papers-on", {"concept": "3D object detection"}).dicts()
    assert {(row["method"], row["narrower"]) for row in rows} == {
        ("PointFusion", ""),
        ("VoxelNet", "point cloud based 3D object detection"),
    }
    assert [(row["kind"], row["papers"], row["sentence"]) for row in kinds] == [
        ("point cloud based 3D object detection", 0, "by name")
    ]
    assert [(row["paper"], row["narrower"]) for row in papers] == [
        ("arxiv:2", ""),
        ("arxiv:1", "point cloud based 3D object detection"),
    ]


SAID = "VoxelNet USED_FOR point cloud based 3D object detection"


def test_the_main_methods_of_a_task_are_those_that_its_papers_share_and_then_those_of_which_most_is_known(
    tmp_path: Path,
) -> None:
    """As `why` says; what any paper uses is left out, and so is what only one paper names."""
    task = "{Task tulip counting}"
    found = assemble(
        [
            paper("arxiv:1", f"{{Method! TulipNet}} for {task}: {{Method petal loss}} and {{Method deep learning}}.",
                  "TulipNet USED_FOR tulip counting @0.6", topics=("tulip counting",)),
            paper("arxiv:2", f"{{Method! StemNet}} for {task} on {{Dataset Field7}}, with {{Method petal loss}}.",
                  "StemNet USED_FOR tulip counting @0.5", "StemNet EVALUATED_ON Field7", "petal loss PART_OF StemNet",
                  topics=("tulip counting",)),
            paper("arxiv:3", f"{{Method! BulbNet}} for {task}, with {{Method deep learning}} and {{Method soil map}}.",
                  "BulbNet USED_FOR tulip counting @0.9", "deep learning USED_FOR tulip counting",
                  topics=("tulip counting",)),
        ]
    )  # fmt: skip
    ladybug.write(found.graph, tmp_path / "g.lbug")
    with ladybug.open(tmp_path / "g.lbug") as store:
        rows = run(store, "methods-for-task", {"task": "tulip counting"}).dicts()
    assert [(row["method"], row["papers"], row["why"]) for row in rows] == [
        ("petal loss", 2, "named, in papers: 2, part of: 1"),
        ("StemNet", 1, "proposed, data sets: 1"),
        ("BulbNet", 1, "proposed"),
        ("TulipNet", 1, "proposed"),
    ]


def test_what_papers_on_a_task_only_name_is_given_too(tmp_path: Path) -> None:
    task, about = "{Task tulip counting}", ("tulip counting",)
    found = assemble(
        [
            paper("arxiv:1", f"{task} by {{Metric count error}} on {{Dataset Field7}}, and {{Metric speed}}.",
                  "tulip counting MEASURED_BY count error", "Field7 BENCHMARK_FOR tulip counting", topics=about),
            paper("arxiv:2", f"{task} with high {{Metric speed}} on {{Dataset Field9}} by {{Method petal loss}}.",
                  topics=about),
            paper("arxiv:3", f"{{Task mowing}} with high {{Metric yield}} on {{Dataset Lawn}}, beside {task}."),
        ]
    )  # fmt: skip
    ladybug.write(found.graph, tmp_path / "g.lbug")
    with ladybug.open(tmp_path / "g.lbug") as store:
        metrics = run(store, "metrics-for-task", {"task": "tulip counting"}).dicts()
        datasets = run(store, "datasets-for-task", {"task": "tulip counting"}).dicts()
        tasks = run(store, "tasks-of-method", {"method": "petal loss"}).dicts()
    assert [(row["metric"], row["papers"]) for row in metrics] == [("speed", 2), ("count error", 1)]
    assert [(row["task"], row["papers"], row["named_by"]) for row in tasks] == [("tulip counting", 0, 1)]
    assert [(row["dataset"], row["papers"], row["support"]) for row in datasets] == [
        ("Field7", 1, 0.9), ("Field9", 0, None),
    ]  # fmt: skip


def test_of_the_papers_on_a_topic_surveys_and_what_others_share_come_first(tmp_path: Path) -> None:
    about = ("tulip counting",)
    found = assemble(
        [
            paper("arxiv:1", "{Task tulip counting} alone.", title="Counting tulips", topics=about),
            paper("arxiv:2", "{Task tulip counting} on {Dataset Field7}.", title="Tulips of fields", topics=about),
            paper("arxiv:3", "{Task tulip counting} on {Dataset Field7}.", title="Tulips of farms", topics=about),
            paper("arxiv:4", "{Task tulip counting} so far.", title="Tulip Counting: a Survey", topics=about),
        ]
    )
    ladybug.write(found.graph, tmp_path / "g.lbug")
    with ladybug.open(tmp_path / "g.lbug") as store:
        rows = run(store, "read-first", {"concept": "tulip counting"}).dicts()
    assert [(row["paper"], row["why"], row["in_common"]) for row in rows] == [
        ("arxiv:4", "survey", 0), ("arxiv:2", "mainly about it", 1), ("arxiv:3", "mainly about it", 1),
        ("arxiv:1", "mainly about it", 0),
    ]  # fmt: skip
