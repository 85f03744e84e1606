"""Hostile papers through the whole way, and every saved query on both engines, which must give the same rows.

Of each hundred papers 70 come as records (what extraction gives, changed at random), 27 are texts that are read by
patterns, and 3 are texts that are read by the trained model, which takes a tenth of a second for each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import kg
from attacks.arena import EXAMPLES, ROOT, Arena, Losses
from attacks.scraps import SCRAPS, VALUES
from kg.errors import KGError
from kg.graph import Graph
from kg.querying import saved
from kg.schema import CONCEPT_LABELS
from kg.table import Table

sys.path.insert(0, str(ROOT / "tests"))
from number_phrases import phrase

SHARES: Final = {"records": 70, "patterns": 27, "default": 3}
"""How the papers come, and how many of a hundred do."""
PORTION: Final = 5_000
"""More than two batches of the embedded engine, which takes 2,048 rows at once."""
DEVICES: Final = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
FORMATS: Final = ("jsonl", "ttl", "rdf", "graphml", "gexf", "cypher", "csv", "neo4j-csv")
_WORDS: Final = [
    word for name in ("language.jsonl", "graphs.txt") for word in (EXAMPLES / name).read_text("utf-8").split()
]


def papers(arena: Arena) -> Losses:
    """Papers of each kind, in portions."""
    whole = [dict(row) for row in kg.extract(EXAMPLES, extractor="default", processes=1)]
    for kind, share in SHARES.items():
        left = arena.papers * share // 100
        while left:
            count = min(PORTION, left)
            made = (_record(arena.chance, whole) if kind == "records" else _text(arena.chance) for _ in range(count))
            arena.counts[f"papers: {kind}"] += count
            yield from _portion(arena, kind, list(made))
            left -= count


def _portion(arena: Arena, kind: str, rows: list[dict[str, Any]]) -> Losses:
    """Papers through the whole way. Each paper, export, page and query counts."""
    source, store = arena.folder / "papers.jsonl", arena.fresh("generated")
    lines = (json.dumps({**row, "id": f"g{number}"}) for number, row in enumerate(rows))
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        yield from _built(source, store, kind, len(rows))
        graph = kg.read_graph(store)
        arena.counts["nodes"] += len(graph.nodes)
        arena.counts["relationships"] += len(graph.relationships)
        for form in FORMATS:
            kg.export(arena.folder / f"again.{form}", store=store, format=form)
            yield None
        kg.view(arena.folder / "again.html", store=store)
        yield None
        kg.site(arena.folder / "site", store=store)
        yield _not_everywhere(arena.folder / "site")
        yield from _asked(arena, store, graph)
    except Exception as error:  # whatever it is, it is what is looked for
        kept = Path.cwd() / f"lost-{kind}.jsonl"
        source.replace(kept)
        yield f"{kind}, in {kept}: {type(error).__name__}: {str(error)[:300]}"


def _built(source: Path, store: Path, kind: str, count: int) -> Losses:
    """The store is built, each paper is in it or named, and built again it is as it was."""
    report = kg.Report()
    extractor = "default" if kind == "default" else "patterns"
    result = kg.build(source, store, extractor=extractor, processes=1, report=report)
    failed = [str(problem) for problem in report.problems if "extraction failed" in str(problem)]
    yield from failed
    yield from [None] * (count - len(failed))
    if result.read + report.counts["no abstract"] + report.counts["skipped"] < count:
        yield f"{count} papers, but {result.read} read and {dict(report.counts)}"
    yield "built again, it has changed" if kg.build(store=store).changed else None


def _not_everywhere(folder: Path) -> str | None:
    """The first file that another system would not keep."""
    seen: set[str] = set()
    for path in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")):
        name = path.rpartition("/")[2].casefold()
        refused = name.partition(".")[0] in DEVICES or name.endswith((".", " ")) or set(name) & set('<>:"|?*')
        if refused or len(name) > 200:
            return f"{path} is no name of a file on Windows"
        if path.casefold() in seen:
            return f"{path} is another file's name but for its case"
        seen.add(path.casefold())
    return None


def _asked(arena: Arena, store: Path, graph: Graph) -> Losses:
    """Every saved query; the rows of the server are those of the embedded store."""
    server = arena.server() if arena.neo4j else None
    if server is not None:
        kg.load(server, store=store, replace=True)
        yield None if server.read() == graph else "the server holds another graph than was loaded"
    for name, query in saved.load_all().items():
        given = _parameters(arena.chance, query, graph)
        try:
            rows = kg.query(name, given, store=store)
            yield None
            if server is not None:
                other = kg.query(name, given, server=server)
                yield None if _same(rows, other) else f"{name} with {given}: other rows from Neo4j"
        except KGError as error:
            yield f"{name} with {given}: {error}"
    if server is not None:
        server.close()


def _same(first: Table, second: Table) -> bool:
    return first.columns == second.columns and first.rows == second.rows


def _parameters(chance: Random, query: saved.SavedQuery, graph: Graph) -> dict[str, object]:
    """A value for each parameter of a query: a node of the graph where it names one, else its example."""
    labels = {"concept": "Method", **{label.lower(): label for label in (*CONCEPT_LABELS, "Paper")}}
    found = {}
    for kind, label in labels.items():
        ids = [node.id for node in graph.nodes if node.label == label]
        found[kind] = chance.choice(ids) if ids else None
    return {p.name: found.get(p.type) or p.default for p in query.parameters}


def _text(chance: Random) -> dict[str, Any]:
    """A paper made of pieces of the examples and scraps, and changed at random."""
    text = " ".join(chance.choice(_WORDS) for _ in range(chance.choice((5, 20, 40, 40, 120))))
    for _ in range(chance.choice((0, 1, 3, 10))):
        place = chance.randrange(len(text) + 1)
        cut = place + chance.choice((0, 0, 1, 30))
        scrap = phrase(chance) if chance.random() < 0.3 else chance.choice(SCRAPS)
        text = text[:place] + scrap + text[cut:]
    title = text[: chance.randrange(100)] if chance.random() < 0.8 else None
    return {"title": title, "abstract": text} | _metadata(chance)


def _metadata(chance: Random) -> dict[str, Any]:
    """Sometimes a field of metadata with something in it that does not belong there."""
    if chance.random() < 0.7:
        return {}
    name = chance.choice(("year", "venue", "authors", "url", "doi", "key", "arxiv", "source"))
    return {name: chance.choice((*SCRAPS, *VALUES, [chance.choice(SCRAPS)]))}


def _record(chance: Random, whole: list[dict[str, Any]]) -> dict[str, Any]:
    """A record of another one, with words replaced throughout, and sometimes a value that does not belong there."""
    row: dict[str, Any] = json.loads(json.dumps(chance.choice(whole)))
    row.pop("doi", None)
    for field in ("title", "abstract"):
        row[field] = _replaced(chance, row[field] or "")
    texts = {}
    for mention in row["mentions"]:
        mention["text"] = row[mention["field"]][mention["start"] : mention["end"]]
        texts[mention["entity"]] = mention["text"]
    for entity in row["entities"]:
        entity["name"] = texts.get(entity["id"], entity["name"])
    row |= _metadata(chance)
    if chance.random() < 0.3:
        _change(chance, row)
    return row


def _replaced(chance: Random, text: str) -> str:
    """The text with some words replaced by as many letters of something else."""
    words = text.split(" ")
    for place in chance.sample(range(len(words)), min(len(words), chance.choice((2, 10, 30)))):
        length = len(words[place])
        other = chance.choice((*SCRAPS, phrase(chance), chance.choice(_WORDS), chance.choice(words)))
        words[place] = (other * (length // max(1, len(other)) + 1))[:length].ljust(length, "x")
    return " ".join(words)


def _change(chance: Random, row: dict[str, Any]) -> None:
    """Remove, double, move or replace something in a record, at any depth."""
    places = list(_places(row))
    for holder, key in chance.sample(places, min(len(places), chance.choice((1, 1, 3)))):
        way = chance.randrange(4)
        try:
            if way == 0:
                del holder[key]
            elif way == 1 and isinstance(holder, list):
                holder.append(holder[key])
            elif way == 2:
                other, place = chance.choice(places)
                holder[key], other[place] = other[place], holder[key]
            else:
                holder[key] = chance.choice((*VALUES, *SCRAPS))
        except (KeyError, IndexError):  # an earlier change took it away
            continue


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a JSON value, with each of its keys."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _places(inner)
