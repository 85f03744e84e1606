"""A graph made by hand, opened for pages, with the nastiest names that papers and concepts may have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import small_graph
import viewer_graph

from kg.graph import Graph, Node, Relationship
from kg.stores import ladybug
from kg.web.index import Index

SCRIPT = "<script>document.title='run'</script>"
QUOTE = '"><img src=x onerror=alert(1)>'
CLIMB = "../../../etc/passwd"


@contextmanager
def opened(graph: Graph, folder: Path) -> Iterator[Index]:
    """The graph in a store in ``folder``, opened for pages."""
    path = folder / "graph.lbug"
    ladybug.write(graph, path)
    with ladybug.open(path) as store:
        yield Index(graph, store)


def hostile() -> Graph:
    """Names, ids, titles, sentences and addresses that would do harm where they were taken for more than text."""
    method, dataset, metric = f"method:{SCRIPT.lower()}", f"dataset:{CLIMB}", f"metric:{QUOTE.lower()}"
    nodes = [
        Node("Method", method, {"name": SCRIPT, "aliases": (SCRIPT, "{{ 7 * 7 }}"), "papers": 2}),
        Node("Method", "method:plain", {"name": "Plain", "aliases": ("Plain",), "papers": 1}),
        Node("Dataset", dataset, {"name": CLIMB, "aliases": (CLIMB,), "papers": 1}),
        Node("Metric", metric, {"name": QUOTE, "aliases": (QUOTE,), "papers": 1, "better": "higher"}),
        Node("Paper", "text:1", _paper(QUOTE, 2020, "javascript:alert(1)")),
        Node("Paper", "doi:10.1/<x>/../y", _paper(SCRIPT, 2021, f"https://example.org/{QUOTE}")),
        Node("Result", "result:1", {"value": SCRIPT, "number": 1.0, "comparison": "absolute", "text": QUOTE}),
        Node("Result", "result:2", {"value": "2.0", "number": 2.0, "comparison": "absolute", "text": f"{SCRIPT} 2.0"}),
    ]
    relationships = [
        *(_mentions("text:1", end) for end in (method, dataset, metric, "method:plain")),
        _mentions("doi:10.1/<x>/../y", method),
        _says("OUTPERFORMS", method, "method:plain", "text:1", f"{SCRIPT} beats Plain {QUOTE}."),
        _says("EVALUATED_ON", method, dataset, "doi:10.1/<x>/../y", f"{SCRIPT} on {CLIMB}."),
        *_result("result:1", "text:1", method, dataset, metric),
        *_result("result:2", "doi:10.1/<x>/../y", "method:plain", dataset, metric),
    ]
    return Graph.of(nodes, relationships)


def _paper(title: str, year: int, url: str) -> dict[str, str | int | tuple[str, ...]]:
    return {"title": title, "abstract": f"{QUOTE} {title}", "year": year, "url": url, "authors": (SCRIPT,)}


def _mentions(paper: str, end: str) -> Relationship:
    return Relationship("MENTIONS", paper, end, {"count": 1, "surface": (end,)})


def _says(kind: str, start: str, end: str, paper: str, sentence: str) -> Relationship:
    return Relationship(
        kind, start, end, {"paper": paper, "sentence": sentence, "confidence": 0.9, "extractor": "hand"}
    )


def _result(result: str, paper: str, method: str, dataset: str, metric: str) -> list[Relationship]:
    ends = [("OF_METHOD", method), ("ON_DATASET", dataset), ("BY_METRIC", metric)]
    return [Relationship("REPORTS", paper, result, {}), *(Relationship(kind, result, end, {}) for kind, end in ends)]


GRAPHS = {"small": small_graph.graph, "nasty titles": viewer_graph.small_graph, "hostile": hostile}
"""Graphs by name, each made by a call."""
