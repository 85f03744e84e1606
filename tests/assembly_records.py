"""Records for tests of assembly, written as marked-up text.

``{Method#1 convolutional neural network} ({Method#1 CNN})`` is a text with two mentions of
one entity; without a number, mentions of a type with the same letters are one entity. An
exclamation mark after the type says that the paper introduces it.
"""

from __future__ import annotations

import io
import re
from typing import Any

from extractors.record import Record
from kg.assembly import Assembly, Overrides, assemble
from kg.graph import Node, write_jsonl
from kg.papers import Paper

Extracted = tuple[str, Paper, Record]

_MARK = re.compile(r"\{(Method|Task|Dataset|Metric)(!?)(?:#(\w+))? ([^{}]+)\}")


def paper(paper_id: str, marked: str, *relations: str, topics: tuple[str, ...] = (), **properties: Any) -> Extracted:
    """A paper and its record. Relations are ``head RELATION tail`` with names or numbers for ends."""
    text = ""
    mentions: list[dict[str, Any]] = []
    entities: dict[str, dict[str, Any]] = {}
    end = 0
    for match in _MARK.finditer(marked):
        kind, introduced, number, form = match.groups()
        text += marked[end : match.start()]
        entity = number or f"{kind} {form.casefold()}"
        mentions.append({"field": "abstract", "start": len(text), "end": len(text) + len(form), "entity": entity})
        known = entities.setdefault(entity, {"id": entity, "name": form, "type": kind, "introduced": False})
        known["introduced"] = known["introduced"] or bool(introduced)
        text += form
        end = match.end()
    text += marked[end:]
    names = {e["name"]: e["id"] for e in entities.values()} | {e: e for e in entities}
    claims = [_claim(relation, names, len(text)) for relation in relations]
    row = {
        "abstract": text,
        "mentions": mentions,
        "entities": list(entities.values()),
        "relations": claims,
        "topics": [names[topic] for topic in topics],
        **{key: properties.pop(key) for key in ("results",) if key in properties},
    }
    return paper_id, Paper(abstract=text, **properties), Record.from_json(row)


def _claim(relation: str, names: dict[str, str], length: int) -> dict[str, Any]:
    match = re.fullmatch(r"(.+?) ([A-Z]+_[A-Z]+|OUTPERFORMS) (.+?)(?: @([\d.]+))?", relation)
    assert match, relation
    head, name, tail, confidence = match.groups()
    evidence = {"field": "abstract", "start": 0, "end": length}
    return {
        "head": names[head],
        "relation": name,
        "tail": names[tail],
        "confidence": float(confidence or 0.9),
        "evidence": evidence,
        "extractor": "test",
    }


def concepts(assembly: Assembly) -> dict[str, Node]:
    """The concepts of a graph by id."""
    return {n.id: n for n in assembly.graph.nodes if n.label in ("Method", "Task", "Dataset", "Metric")}


def aliases(*papers: Extracted, overrides: Overrides | None = None) -> set[frozenset[str]]:
    """The sets of names that are one concept each."""
    found = concepts(assemble(papers, overrides)).values()
    return {frozenset(texts(node.properties["aliases"])) for node in found}


def texts(value: object) -> tuple[str, ...]:
    """A property that is a list of texts."""
    assert isinstance(value, tuple)
    return value


def lines(assembly: Assembly) -> str:
    """The graph as it is written."""
    out = io.StringIO()
    write_jsonl(assembly.graph, out)
    return out.getvalue()
