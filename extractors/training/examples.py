"""A training example: one text with its entities, relations and what they say about the paper."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from extractors.neural.labels import ROLES, SIGNATURES
from extractors.record import COMPARISONS, ENTITY_TYPES, RELATION_SIGNATURES

SCIERC_TYPES: Final = ("Task", "Method", "Metric", "Material", "OtherScientificTerm", "Generic")
SCIERC_RELATIONS: Final = ("USED-FOR", "FEATURE-OF", "HYPONYM-OF", "PART-OF", "COMPARE", "CONJUNCTION", "EVALUATE-FOR")
TDMSCI_TYPES: Final = ("TASK", "DATASET", "METRIC")
DEV_PART: Final = 6
"""One abstract in this many is held out for development."""
GOLD: Final = {"gold_seeds": DEV_PART, "gold_corpus": DEV_PART, "gold_corpus_2": 20}
"""Files of gold annotations, and one in how many of their abstracts is held out."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels of one corpus. Without ``signatures`` every pair of types may be related."""

    types: tuple[str, ...]
    relations: tuple[str, ...]
    signatures: dict[str, frozenset[tuple[str, str]]] | None = None
    within_sentence: bool = False


SCHEMES: Final[dict[str, Scheme]] = {
    "papers": Scheme(
        (*ENTITY_TYPES, *COMPARISONS),
        (*sorted(RELATION_SIGNATURES), *ROLES),
        SIGNATURES,
    ),
    "scierc": Scheme(SCIERC_TYPES, SCIERC_RELATIONS, within_sentence=True),
    "tdmsci": Scheme(TDMSCI_TYPES, ()),
}


@dataclass(slots=True)
class Concept:
    """One annotated entity or, typed by what it compares, one reported value.

    ``spans`` are character offsets (start, end) into the example's text.
    """

    type: str
    spans: list[tuple[int, int]]
    introduced: bool = False
    topic: bool = False


@dataclass(slots=True)
class Example:
    """``relations`` are (head, relation, tail) with indices into ``concepts``; title is text[:title_end].

    ``valued`` says whether reported values were annotated; where not, what is no value is not known.
    """

    corpus: str
    id: str
    text: str
    title_end: int
    concepts: list[Concept]
    relations: list[tuple[int, str, int]] = field(default_factory=list)
    dev: bool = False
    valued: bool = True


def read_examples(path: Path) -> list[Example]:
    """Examples that :func:`write_examples` wrote."""
    return [example_of(row) for row in read_jsonl(path)]


def example_of(row: dict[str, Any]) -> Example:
    """An example from its JSON object."""
    concepts = [
        Concept(c["type"], [(s, e) for s, e in c["spans"]], c["introduced"], c["topic"]) for c in row["concepts"]
    ]
    relations = [(h, r, t) for h, r, t in row["relations"]]
    return Example(
        row["corpus"], row["id"], row["text"], row["title_end"], concepts, relations, row["dev"], row["valued"]
    )


def write_examples(path: Path, examples: Iterable[Example]) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8") as out:
        for example in examples:
            out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def text_key(text: str) -> str:
    """Letters and digits of a text, case and accents aside: the same for two typesettings of one abstract."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", re.sub(r"[\\\\{}$'`\"]", "", plain).casefold())


def is_dev(abstract: str, part: int = DEV_PART) -> bool:
    """Whether an abstract is among the one in ``part`` held out for development, by a hash of its text."""
    return int(hashlib.sha256(text_key(abstract).encode()).hexdigest(), 16) % part == 0


def occurrences(text: str, forms: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where listed forms occur in a text, on word boundaries, the longest form winning an overlap."""
    taken = bytearray(len(text))
    found = []
    for form in sorted(forms, key=len, reverse=True):
        for match in re.finditer(re.escape(form), text):
            start, end = match.span()
            glued = start > 0 and text[start - 1].isalnum() and form[0].isalnum()
            glued = glued or (end < len(text) and text[end].isalnum() and form[-1].isalnum())
            if not glued and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, form))
    return sorted(found)


def from_annotation(row: dict[str, Any], title: str, abstract: str, dev_part: int = DEV_PART) -> Example:
    """An annotation in the guideline's form (entities with surface forms) and its texts as an example.

    Without a key "results", what is reported counts as not annotated.
    """
    forms = {form: n for n, e in enumerate(row["entities"]) for form in e["mentions"]}
    topics = set(row.get("topics", []))
    concepts = [Concept(e["type"], [], e["introduced"], e["name"] in topics) for e in row["entities"]]
    start = len(title) + 1 if title else 0
    for offset, part in ((0, title), (start, abstract)):
        for s, e, form in occurrences(part, forms):
            concepts[forms[form]].spans.append((s + offset, e + offset))
    index = {e["name"]: n for n, e in enumerate(row["entities"])}
    relations = [(index[h], r, index[t]) for h, r, t in row["relations"]]
    text = f"{title}\n{abstract}" if title else abstract
    for result, span in zip(row.get("results", ()), value_spans(text, row.get("results", ())), strict=True):
        place = next((n for n, c in enumerate(concepts) if c.type in COMPARISONS and c.spans == [span]), len(concepts))
        if place == len(concepts):
            concepts.append(Concept(result["comparison"], [span]))
        relations += [(place, name, index[result[role]]) for name, role in ROLES.items() if result.get(role)]
    valued = "results" in row
    return Example("papers", str(row["id"]), text, start, concepts, relations, is_dev(abstract, dev_part), valued)


def value_spans(text: str, results: Iterable[dict[str, Any]]) -> list[tuple[int, int]]:
    """Where the value of each result stands: in its clause; of equal results one after another.

    A value with other metrics or data than an equal one in the same clause stands where there is room,
    else in the same place. ValueError where text and clause disagree.
    """
    given: dict[tuple[str, str], int] = {}
    spans = []
    for result in results:
        value, clause = str(result["value"]), result["text"]
        base = text.find(clause)
        places = [m.start() for m in re.finditer(re.escape(value), clause) if _stands_alone(clause, m.start(), m.end())]
        places = places or [clause.find(value)]
        if base < 0 or places[0] < 0:
            raise ValueError(f"no value {value!r} in {clause!r} of the text")
        nth = given.get((value, clause), 0)
        given[value, clause] = nth + 1
        start = base + places[min(nth, len(places) - 1)]
        spans.append((start, start + len(value)))
    return spans


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the number text[start:end] is no part of a longer one: "5%" in "12.5%" is."""
    return not (re.search(r"[\d.,]$", text[:start]) and text[start].isdigit()) and not (
        re.match(r"[.,]?\d", text[end:]) and text[end - 1].isdigit()
    )
