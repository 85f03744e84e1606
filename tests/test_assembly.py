"""Assembly as a whole: from records to one graph."""

from __future__ import annotations

from kg.assembly import assemble
from kg.papers import Paper
from kg.records import parse_record


def _record(text: str, entities: dict[str, list[str]], **rest: object) -> tuple[str, Paper, object]:
    """A record of a text in which every form of an entity is found once; keys are ``Type name``."""
    mentions, rows = [], []
    for number, (typed, forms) in enumerate(entities.items()):
        kind, name = typed.split(" ", 1)
        rows.append({"id": f"e{number}", "name": name, "type": kind, "introduced": False})
        for form in forms:
            start = text.index(form)
            mentions.append({"field": "abstract", "start": start, "end": start + len(form), "entity": f"e{number}"})
    record = parse_record({"abstract": text, "mentions": mentions, "entities": rows, **rest})
    return f"text:{abs(hash(text))}", Paper(abstract=text), record


def test_plurals_and_abbreviations_are_one_node_with_every_form_as_alias():
    text = "Convolutional neural networks (CNNs) beat a CNN on ImageNet."
    one = _record(
        text,
        {
            "Method Convolutional neural networks": ["Convolutional neural networks", "CNNs", "CNN"],
            "Dataset ImageNet": ["ImageNet"],
        },
    )
    graph = assemble([one]).graph
    methods = [node for node in graph.nodes if node.label == "Method"]
    assert len(methods) == 1
    assert methods[0].id == "method:convolutional-neural-network"
    assert set(methods[0].properties["aliases"]) == {"Convolutional neural networks", "CNNs", "CNN"}
