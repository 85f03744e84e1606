"""The library: each function opens the store that it needs, closes it again and returns data.

``build`` and ``extract`` are in `kg.building`. ``store`` is a folder that ``build`` made;
``min_confidence`` leaves out statements and results of lower confidence (0 to 1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KGError, Progress, how_to_install, no_progress
from kg.stores import folder
from kg.stores.folder import DEFAULT

if TYPE_CHECKING:
    from kg.assembly import Explanation
    from kg.exports import ExportResult
    from kg.exports.rdf.validation import Violation
    from kg.graph import Graph
    from kg.linking import Matched
    from kg.querying.questions.answer import Answer
    from kg.querying.saved import SavedQuery
    from kg.stores.neo4j import Neo4jGraph
    from kg.stores.neo4j_load import LoadResult
    from kg.table import Table
    from kg.viewer import ViewResult
    from kg.web.site import SiteResult


@dataclass(frozen=True, slots=True)
class Stats:
    """How many nodes of each label, and relationships of each type, a store's graph has."""

    nodes: Counter[str] = field(default_factory=Counter)
    relationships: Counter[str] = field(default_factory=Counter)


def link(
    vocabulary: str | Path,
    output: str | Path | None = None,
    *,
    store: str | Path = DEFAULT,
    decisions: str | Path | None = None,
    base: str | None = None,
) -> Matched:
    """Match the store's concepts to a SKOS or OWL ``vocabulary`` (a file of RDF), and keep the links in the store.

    From then on `query` takes the vocabulary's names, too. ``output`` is a Turtle file to write them to, whose IRIs
    begin with ``base``. ``decisions`` is a file of what people decided (`kg.linking.decisions`); the store remembers
    it. The links come with the concepts of the vocabulary that are ``unmatched``. `KGError` where a file cannot be
    used; the links in the store stay as they were then.
    """
    from kg.atomic import atomic_write, read_text
    from kg.linking import Matched, match, parse_decisions, read_vocabulary, unmatched, write_links, write_turtle

    where = folder.find(store)
    terms = read_vocabulary(vocabulary)
    kept = where.link_decisions_path
    text = read_text(decisions) if decisions is not None else read_text(kept) if kept.exists() else ""
    decided = parse_decisions(text, kept if decisions is None else decisions)
    if decisions is None:  # those about another vocabulary wait
        decided = tuple(decision for decision in decided if decision.iri in terms)
    links = match(where.read(), terms, decided)
    if decisions is not None:
        with atomic_write(kept) as copy:
            copy.write_text(text, "utf-8")
    with atomic_write(where.links_path) as copy:
        write_links(links, copy)
    if output is not None:
        try:
            with atomic_write(Path(output)) as copy:
                write_turtle(links, copy, base=base)
        except OSError as error:
            raise KGError(f"{output}: cannot be written ({error.strerror or error})") from error
    return Matched(links, unmatched(terms, links))


def read_graph(store: str | Path = DEFAULT, *, min_confidence: float | None = None) -> Graph:
    """The whole graph of a store, as values."""
    return folder.find(store).read(min_confidence)


def stats(store: str | Path = DEFAULT) -> Stats:
    """How many nodes and relationships a store's graph has, by label and type."""
    with folder.find(store).graph() as graph:
        return Stats(*graph.counts())


def queries() -> Sequence[SavedQuery]:
    """The saved queries, sorted by name."""
    from kg.querying import saved

    return list(saved.load_all().values())


def query(
    query: SavedQuery | str,
    parameters: Mapping[str, Any] | None = None,
    *,
    store: str | Path | None = None,
    server: Neo4jGraph | None = None,
    rdf: str | Path | None = None,
    sparql: bool = False,
    min_confidence: float | None = None,
) -> Table:
    """The rows of a saved query, of a ``.cypher`` or ``.rq`` file, or of Cypher text.

    It runs on a store (the default one if nothing is given), on an open Neo4j ``server`` or on an
    ``rdf`` file that was exported; see `kg.querying.ask.ask`. ``server`` stays open.
    """
    from kg.querying.ask import ask

    return ask(
        query, parameters, store=store, server=server, rdf=rdf, sparql=sparql, min_confidence=min_confidence
    )  # fmt: skip


def ask(question: str, *, store: str | Path = DEFAULT, server: Neo4jGraph | None = None) -> Answer:
    """The answer to a question in plain words: which saved query was run with which parameters, and its rows.

    It is asked of a store or of an open Neo4j ``server``. `KGError` says why where no saved query answers it.
    See `kg.querying.questions`.
    """
    from kg.querying.questions.answer import answer

    if server is not None:
        return answer(server, question)
    with folder.find(store).graph() as graph:
        return answer(graph, question)


def load(
    server: Neo4jGraph,
    *,
    store: str | Path = DEFAULT,
    min_confidence: float | None = None,
    name: str | None = None,
    replace: bool = False,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> LoadResult:
    """Put a store's graph into Neo4j and return what changed there; see `Neo4jGraph.load`.

    The graph is called ``name`` there, by default the path of the store. With ``dry_run`` nothing is written.
    """
    graph = read_graph(store, min_confidence=min_confidence)
    if dry_run:
        return server.difference(graph)
    return server.load(graph, progress, name=str(Path(store).resolve()) if name is None else name, replace=replace)


def export(
    path: str | Path,
    *,
    store: str | Path = DEFAULT,
    format: str | None = None,
    min_confidence: float | None = None,
    base: str | None = None,
    rdf12: bool = False,
    nanopub: bool = False,
    creator: str | None = None,
    created: str | None = None,
    safe_cells: bool = False,
    metadata: str | Path | None = None,
) -> ExportResult:
    """Write a store's graph to a file or folder; see `kg.exports.export`.

    Ontology, shapes and context hold no graph, and need no store.
    """
    from kg import exports
    from kg.graph import Graph

    vocabulary = exports.format_of(path, format) in exports.VOCABULARY
    graph = Graph.of([], []) if vocabulary else read_graph(store, min_confidence=min_confidence)
    return exports.export(
        graph,
        path,
        format,
        base=base,
        rdf12=rdf12,
        nanopub=nanopub,
        creator=creator,
        created=created,
        safe_cells=safe_cells,
        metadata=metadata,
    )


def validate(
    *, store: str | Path = DEFAULT, base: str | None = None, min_confidence: float | None = None
) -> Sequence[Violation]:
    """What violates the SHACL shapes in a store's graph as RDF, by node; see `kg.exports.rdf.validate`."""
    from kg.exports import rdf

    return rdf.validate(read_graph(store, min_confidence=min_confidence), rdf.BASE if base is None else base)


def view(
    path: str | Path,
    *,
    store: str | Path = DEFAULT,
    min_confidence: float | None = None,
    picture: str = "graph",
    about: str | None = None,
    hops: int | None = None,
    task: str | None = None,
    relations: Collection[str] | None = None,
    years: tuple[int, int] | None = None,
    min_papers: int | None = None,
    limit: int | None = None,
    papers: bool = False,
    arrange: str | None = None,
) -> ViewResult:
    """Write a picture of a store's graph to a file; see `kg.viewer.write_view`."""
    from kg.viewer import write_view

    return write_view(
        read_graph(store, min_confidence=min_confidence),
        path,
        picture=picture,
        about=about,
        hops=hops,
        task=task,
        relations=relations,
        years=years,
        min_papers=min_papers,
        limit=limit,
        papers=papers,
        arrange=arrange,
    )


def site(
    folder: str | Path,
    *,
    store: str | Path = DEFAULT,
    min_confidence: float | None = None,
    progress: Progress = no_progress,
) -> SiteResult:
    """Write a store's graph as a static web site into a folder, in place of an earlier one; see `kg.web.site`."""
    from kg.web.opening import opened
    from kg.web.site import write_site

    with opened(store, min_confidence) as index:
        return write_site(index, folder, progress)


def report(
    topic: str, *, store: str | Path = DEFAULT, format: str = "markdown", min_confidence: float | None = None
) -> str:
    """What a store's graph knows of a topic, on one page of Markdown or HTML.

    ``topic`` is the name of a concept. `KGError` suggests similar names where the store has no such name, and lists
    the formats where ``format`` is neither ``markdown`` nor ``html``.
    """
    from kg.web import report_files
    from kg.web.opening import opened

    with opened(store, min_confidence) as index:
        return report_files.render(index, topic, format)


def serve(
    *,
    store: str | Path = DEFAULT,
    host: str = "127.0.0.1",
    port: int = 8000,
    min_confidence: float | None = None,
    ready: Callable[[str], object] = print,
) -> None:
    """Show a store's graph in a browser until interrupted; ``ready`` is called with the address when it can be opened.

    Pages and JSON API are for reading only. Port 0 takes a free one. It needs the extra ``serve``; `KGError` says so
    where it is not installed, and where the port is taken.
    """
    from kg.web.opening import opened

    try:
        from kg.web import server
    except ImportError as error:
        raise KGError(f"{error.name} is not installed; {how_to_install('serve')}") from error
    with server.listen(host, port) as listening, opened(store, min_confidence) as index:
        server.run(index, listening, ready)


def mcp(*, store: str | Path = DEFAULT, min_confidence: float | None = None) -> None:
    """Answer a client of the Model Context Protocol on standard input and output until it goes away.

    Its tools are for reading only; see `kg.web.mcp_server`. It needs the extra ``mcp``; `KGError` says so where it
    is not installed.
    """
    from kg.web.opening import opened

    try:
        from kg.web import mcp_server
    except ImportError as error:
        raise KGError(f"{error.name} is not installed; {how_to_install('mcp')}") from error
    with opened(store, min_confidence) as index:
        mcp_server.run(index)


def explain(name: str, *, store: str | Path = DEFAULT) -> list[Explanation]:
    """Why names are one concept, or were kept apart, for each concept that ``name`` may mean.

    The likeliest comes first. `KGError` suggests similar names where the store has no such name.
    """
    from kg.assembly import find_explanations, read_explanations

    with folder.find(store).intact_explanations().open(encoding="utf-8") as lines:
        return find_explanations(name, read_explanations(lines))
