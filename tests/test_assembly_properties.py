"""What holds for any papers: order and portions do not matter, and merging what is merged changes nothing."""

from __future__ import annotations

import subprocess
import sys
from random import Random

from assembly_records import Extracted, aliases, concepts, lines, paper, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import schema
from kg.assembly import assemble

NAMES = [
    ("Method", "CNN"), ("Method", "convnets"), ("Method", "Convolutional Neural Network"), ("Method", "AL"),
    ("Method", "active learning"), ("Method", "augmented Lagrangian"), ("Method", "DISCO"),
    ("Method", "hybrid approach"),
    ("Method", "ResNet-50"), ("Method", "ResNet50"), ("Task", "AL"), ("Task", "parsing"), ("Task", "active learning"),
    ("Dataset", "CIFAR-10"), ("Dataset", "CIFAR10 dataset"), ("Dataset", "DISCO"), ("Metric", "F1 score"),
    ("Metric", "F1"), ("Method", "∗"), ("Method", "$$"), ("Method", "\\tool"), ("Method", "自动机"),
]  # fmt: skip


@st.composite
def papers(draw: st.DrawFn) -> list[Extracted]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        entities = draw(
            st.lists(st.tuples(st.sampled_from(NAMES), st.booleans(), st.sampled_from(["", "#1", "#2"])), max_size=5)
        )
        kinds: dict[str, str] = {}
        marks = []
        for (kind, name), introduced, entity in entities:
            kind = kinds.setdefault(entity, kind) if entity else kind
            marks.append(f"{{{kind}{'!' if introduced else ''}{entity} {name}}}")
        authors = draw(st.lists(st.sampled_from(["A", "B", "C"]), unique=True, max_size=2))
        found.append(paper(f"p:{number}", " ".join(marks) or "Nothing.", authors=tuple(authors)))
    return found


@settings(max_examples=60, deadline=None)
@given(papers(), st.randoms(use_true_random=False))
def test_any_order_of_papers_gives_the_same_bytes(extracted: list[Extracted], random: Random) -> None:
    shuffled = list(extracted)
    random.shuffle(shuffled)
    one, other = assemble(extracted), assemble(iter(shuffled))
    assert lines(one) == lines(other)
    assert one.explanations == other.explanations


@settings(max_examples=30, deadline=None)
@given(papers(), st.integers(0, 6))
def test_papers_added_later_give_the_graph_of_all_at_once(extracted: list[Extracted], split: int) -> None:
    """A store keeps records and assembles all of them again: what is assembled first leaves no trace."""
    assemble(extracted[:split])
    assert lines(assemble(extracted[split:] + extracted[:split])) == lines(assemble(extracted))


@settings(max_examples=60, deadline=None)
@given(papers())
def test_graphs_are_sound(extracted: list[Extracted]) -> None:
    graph = assemble(extracted).graph
    labels = {node.id: node.label for node in graph.nodes}
    assert len(labels) == len(graph.nodes), "ids are unique"
    assert len({r.key for r in graph.relationships}) == len(graph.relationships), "relationships are unique"
    for rel in graph.relationships:
        assert (labels[rel.start], labels[rel.end]) in schema.RELATIONSHIP_TYPES[rel.type].endpoints
    mentioned = {r.end for r in graph.relationships if r.type == "MENTIONS"}
    assert mentioned == {i for i, label in labels.items() if label in schema.CONCEPT_LABELS}


@settings(max_examples=60, deadline=None)
@given(papers())
def test_every_form_of_a_mention_is_an_alias_of_its_concept(extracted: list[Extracted]) -> None:
    assembly = assemble(extracted)
    nodes = concepts(assembly)
    for rel in assembly.graph.relationships:
        if rel.type == "MENTIONS":
            assert {*texts(rel.properties["surface"])} <= {*texts(nodes[rel.end].properties["aliases"])}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([n for n in NAMES if n[0] == "Method" and n[1] != "\\tool"]), unique=True, min_size=1))
def test_merging_what_is_merged_changes_nothing(names: list[tuple[str, str]]) -> None:
    """One paper that names every alias of a concept as that concept gives the same concepts again."""
    first = [paper(f"p:{n}", f"{{{kind} {name}}}") for n, (kind, name) in enumerate(names)]
    merged = aliases(*first)
    again = []
    for number, group in enumerate(sorted(map(sorted, merged))):
        again.append(paper(f"q:{number}", " ".join(f"{{Method#1 {name}}}" for name in group)))
    assert aliases(*again) == merged


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests');"
        "from assembly_records import paper, lines; from kg.assembly import assemble;"
        "from test_assembly_properties import NAMES;"
        "ps = [paper(f'p:{i}', ' '.join('{%s! %s}' % n for n in NAMES[i % 7 :: 3])) for i in range(20)];"
        "a = assemble(ps); print(lines(a)); print(a.explanations)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
