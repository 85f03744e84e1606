"""Every saved query gives the same rows in the same order on both engines, and the right ones on the small graph."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_graph import graph

from kg.building import job as pipeline
from kg.graph import Graph, Node, Relationship, support
from kg.querying import run as ask
from kg.querying import saved, sparql
from kg.schema import CONCEPT_LABELS
from kg.stores import folder, ladybug
from kg.stores.ladybug import EmbeddedGraph
from kg.stores.neo4j import Neo4jGraph

QUERIES = saved.load_all()
EXAMPLES = Path(__file__).parent.parent / "examples"
OWN_STORE = os.environ.get("ABSTRACTKG_TEST_STORE")
"""A store folder of one's own, to compare the engines on."""


@pytest.fixture(scope="module", params=["small", "examples", *([OWN_STORE] if OWN_STORE else [])])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph made by hand, the one that a build makes of the examples, and one's own."""
    if request.param == "small":
        return graph()
    place = request.param
    if place == "examples":
        place = tmp_path_factory.mktemp("examples") / "store"
        pipeline.build([EXAMPLES], place)
    with folder.find(place).graph() as store:
        return store.read()


@pytest.fixture(scope="module")
def both(
    whole: Graph, neo4j_server: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EmbeddedGraph, Neo4jGraph]]:
    """One graph in both engines."""
    path = tmp_path_factory.mktemp("store") / "graph.lbug"
    ladybug.write(whole, path)
    with (
        ladybug.open(path) as store,
        Neo4jGraph(neo4j_server.uri, neo4j_server.user, neo4j_server.password, neo4j_server.database) as server,
    ):
        server.load(whole)
        yield store, server


@pytest.fixture(scope="module")
def values(whole: Graph) -> dict[str, list[str]]:
    """Ids to ask about, by type of parameter: what most papers mention, and one that few do."""
    by_label: dict[str, list[Node]] = {label.lower(): [] for label in (*CONCEPT_LABELS, "Paper")}
    for node in sorted(whole.nodes, key=lambda n: -int(str(n.properties.get("papers", 0)))):
        if node.label.lower() in by_label:
            by_label[node.label.lower()].append(node)
    ids = {label: [n.id for n in (*nodes[:2], *nodes[-1:])] for label, nodes in by_label.items()}
    return {**ids, "concept": [ids["method"][0], ids["dataset"][0], ids["metric"][0], ids["task"][-1]]}


def arguments(query: saved.SavedQuery, values: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """A value for each parameter, the example of it where it names nothing, and then each name in turn with others."""
    named = [p for p in query.parameters if p.type in values]
    first: dict[str, Any] = {p.name: p.default for p in query.parameters}
    first |= {p.name: values[p.type][n % 2] for n, p in enumerate(named)}
    yield first
    for parameter in named:
        for value in values[parameter.type][1:]:
            yield {**first, parameter.name: value}


@pytest.mark.parametrize("name", QUERIES)
def test_both_engines_agree(name: str, both: tuple[EmbeddedGraph, Neo4jGraph], values: dict[str, list[str]]) -> None:
    embedded, server = both
    for given in arguments(QUERIES[name], values):
        assert ask.run(embedded, QUERIES[name], given) == ask.run(server, QUERIES[name], given), given


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGraph]:
    """The graph made by hand, in the embedded store."""
    path = tmp_path_factory.mktemp("store") / "graph.lbug"
    ladybug.write(graph(), path)
    with ladybug.open(path) as store:
        yield store


@pytest.mark.parametrize("name", QUERIES)
def test_names_may_be_given_instead_of_ids(name: str, embedded: EmbeddedGraph) -> None:
    """As one does in Neo4j Browser, where nobody looks names up."""
    query = QUERIES[name]
    plain = {p.name: p.default for p in query.parameters}
    by_name = embedded.run(query.statement("ladybug"), plain)
    assert by_name == ask.run(embedded, query, plain)


def mentioned(claims: list[Relationship]) -> list[Relationship]:
    """What the papers of claims mention: the ends of each."""
    ends = sorted({(str(r.properties["paper"]), end) for r in claims for end in (r.start, r.end)})
    return [Relationship("MENTIONS", paper, end, {}) for paper, end in ends]


def rows(store: EmbeddedGraph, name: str, *columns: str, **given: str) -> list[tuple[Any, ...]]:
    """Those columns of a saved query's rows; what is not given is as in the examples of its parameters."""
    values = {p.name: p.default for p in QUERIES[name].parameters} | given
    return [tuple(row[c] for c in columns) for row in ask.run(store, name, values).dicts()]


class TestAnswers:
    def test_leaderboard(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "leaderboard", "metric", "number", "method", dataset="SQuAD") == [
            ("F1", 95.1, "XLNet"),
            ("F1", 94.6, "RoBERTa"),
            ("F1", 93.2, "BERT"),
            ("F1", 77.3, "BiDAF"),
            ("exact match", 88.9, "RoBERTa"),
        ]
        assert len(rows(embedded, "leaderboard", "metric", dataset="SQuAD", metric="EM")) == 1

    def test_what_beats_and_is_beaten(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "beaten-by", "better", method="BERT") == [("RoBERTa",), ("XLNet",)]
        assert rows(embedded, "beats", "worse", method="BERT") == [("BiDAF",), ("DistilBERT",)]

    def test_chains(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "beaten-through-chains", "better", "steps", method="BiDAF") == [
            ("BERT", 1),
            ("RoBERTa", 2),
            ("XLNet", 2),
            ("ALBERT", 3),
        ]

    def test_chains_of_claims_that_many_papers_make_are_all_there(self, tmp_path: Path) -> None:
        """On some graphs Ladybug 0.22 loses such rows where one MATCH follows another without a WITH."""
        methods = [Node("Method", f"method:m{n}", {"name": f"M{n}"}) for n in range(3000)]
        pairs = [(f"method:m{n}", "method:m1", 1) for n in range(2, 300)]
        pairs += [("method:m1", "method:m0", 12), *((f"method:m{n}", "method:m0", 1) for n in range(2, 1400))]
        pairs += [(f"method:m{n}", f"method:m{n * 7 % 3000}", 1) for n in range(1400, 3000) if n % 500]
        claims = [
            Relationship("OUTPERFORMS", better, worse, {"paper": f"text:{n}", "sentence": "It does."})
            for better, worse, papers in pairs
            for n in range(papers)
        ]
        papers = [Node("Paper", f"text:{n}", {"key": f"key{n}"}) for n in range(12)]
        ladybug.write(Graph.of([*methods, *papers], claims), tmp_path / "graph.lbug")
        with ladybug.open(tmp_path / "graph.lbug") as store:
            found = rows(store, "chains-of-two", "best", "better", method="M0", limit="100000")
        beaten_by = defaultdict(list)
        for claim in claims:
            beaten_by[claim.end].append(claim.start)
        chains = [best for better in beaten_by["method:m0"] for best in beaten_by[better] if best != "method:m0"]
        assert len(found) == len(chains)

    def test_lineage(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "builds-on", "foundation", "steps", method="RoBERTa") == [("BERT", 1), ("Transformer", 2)]
        assert rows(embedded, "built-on-it", "descendant", "steps", method="Transformer") == [
            ("BERT", 1),
            ("ViT", 1),
            ("XLNet", 1),
            ("RoBERTa", 2),
            ("ALBERT", 2),
            ("DistilBERT", 2),
        ]

    def test_contradictions(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "contradictions", "first", "second", "first_paper", "second_paper") == [
            ("RoBERTa", "XLNet", "arxiv:0004.00004", "doi:10.1000/xyz")
        ]

    def test_methods_that_skip_the_main_benchmark(self, embedded: EmbeddedGraph) -> None:
        found = rows(embedded, "not-on-main-benchmark", "method", "benchmark", task="reading comprehension")
        assert found == [("BiDAF", "RACE"), ("DistilBERT", "RACE")]  # one of them by a kind of the task

    def test_the_card(self, embedded: EmbeddedGraph) -> None:
        ((papers, first, latest, introduced, datasets, wins, losses),) = rows(
            embedded,
            "card",
            *("papers", "first_year", "latest_year", "introduced_by", "on_datasets", "wins", "losses"),
            concept="BERT",
        )
        assert (papers, first, latest, introduced, datasets, wins, losses) == (5, 2018, 2020, 1, 2, 2, 2)

    def test_rising_concepts(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "rising-concepts", "concept", "recent", "before", years="2")[0] == ("ALBERT", 1, 0)

    def test_similar_papers(self, embedded: EmbeddedGraph) -> None:
        first = rows(embedded, "similar-papers", "title", "shared", paper="Encoders trained longer")[0]
        assert first == ("Permuted language models", 5)

    def test_shortest_path(self, embedded: EmbeddedGraph) -> None:
        path = rows(embedded, "shortest-path", "step", "concept", "next", first="BiDAF", second="ImageNet")
        assert path[:3] == [(1, "BiDAF", "BERT"), (2, "BERT", "Transformer"), (3, "Transformer", "ViT")]

    def test_a_claim_of_several_papers_is_better_supported(self, tmp_path: Path) -> None:
        """Of equal confidence the one of more papers comes first; Cypher, SPARQL and Python say the same."""
        said = [("method:bert", "task:question-answering", n, 0.7) for n in range(1, 4)]
        said += [
            ("method:bert", "task:language-understanding", 4, 0.7),
            ("method:vit", "task:question-answering", 5, 0.75),
        ]
        claims = [
            Relationship(
                "USED_FOR",
                head,
                tail,
                {"paper": f"text:{n}", "sentence": f"It works, says {n}.", "confidence": best, "extractor": "by hand"},
            )
            for head, tail, n, best in said
        ]
        claims += [replace(r, type="OUTPERFORMS", end="method:vit") for r in claims[3:4]]
        claims += [replace(r, type="OUTPERFORMS", end="method:bert") for r in claims[4:5]]
        papers = [Node("Paper", f"text:{n}", {"abstract": "It works.", "year": 2010 + n}) for n in range(1, 6)]
        made = Graph.of(
            [*papers, *(n for n in graph().nodes if n.label in ("Method", "Task"))], [*claims, *mentioned(claims)]
        )
        ladybug.write(made, tmp_path / "g.lbug")
        columns = ("subject", "object", "papers", "support", "first_year", "latest_year", "against")
        with ladybug.open(tmp_path / "g.lbug") as store:
            table = rows(store, "claims", *columns)
            by_task = rows(store, "tasks-of-method", "task", "support", method="BERT")
        assert table == [
            ("BERT", "question answering", 3, round(support(0.7, 3), 3), 2011, 2013, 0),
            ("ViT", "BERT", 1, 0.75, 2015, 2015, 1),
            ("ViT", "question answering", 1, 0.75, 2015, 2015, 0),
            ("BERT", "ViT", 1, 0.7, 2014, 2014, 1),
            ("BERT", "language understanding", 1, 0.7, 2014, 2014, 0),
        ]
        assert by_task == [("question answering", 0.786), ("language understanding", 0.7)]
        twin = sparql.run_sparql(sparql.open_graph(made), "claims").dicts()
        assert [tuple(row[c] for c in columns) for row in twin] == table

    def test_a_leaderboard_row_is_all_of_one_paper(self, tmp_path: Path) -> None:
        """Of two papers with one result it shows the one that is read more surely, in Cypher and SPARQL alike."""
        found = [("text:1", "result:z", 0.6), ("text:2", "result:a", 0.9), ("text:3", "result:b", 0.9)]
        nodes = [n for n in graph().nodes if n.id in ("method:bert", "dataset:squad", "metric:f1")]
        links: list[Relationship] = []
        for paper, result, confidence in found:
            year = 2010 + int(paper[-1])
            nodes.append(Node("Paper", paper, {"abstract": "It works.", "title": f"Says {paper}", "year": year}))
            said: dict[str, Any] = {"value": "93.2", "number": 93.2, "comparison": "absolute", "confidence": confidence}
            nodes.append(Node("Result", result, said | {"text": f"It is 93.2, says {paper}."}))
            ends = (("OF_METHOD", "method:bert"), ("ON_DATASET", "dataset:squad"), ("BY_METRIC", "metric:f1"))
            links += [Relationship("REPORTS", paper, result, {}), *(Relationship(t, result, e, {}) for t, e in ends)]
        made = Graph.of(nodes, links)
        ladybug.write(made, tmp_path / "g.lbug")
        with ladybug.open(tmp_path / "g.lbug") as store:
            table = ask.run(store, "leaderboard", {"dataset": "SQuAD"}).dicts()
        assert table == [
            {
                "metric": "F1", "dataset": "SQuAD", "better": "higher", "number": 93.2, "value": "93.2",
                "method": "BERT", "year": 2012, "papers": 3, "title": "Says text:2", "key": None,
                "sentence": "It is 93.2, says text:2.", "paper": "text:2", "result": "result:a",
                "dataset_id": "dataset:squad",
            }
        ]  # fmt: skip
        assert sparql.run_sparql(sparql.open_graph(made), "leaderboard", {"dataset": "SQuAD"}).dicts() == table

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("claims", {}),
            ("claims-from", {"concept": "BERT"}),
            ("claims-to", {"concept": "question answering"}),
            ("tasks-of-method", {"method": "BERT"}),
        ],
    )
    def test_the_sentence_of_a_claim_is_the_surest(self, name: str, given: dict[str, str], tmp_path: Path) -> None:
        claims = [
            Relationship(
                "USED_FOR",
                "method:bert",
                "task:question-answering",
                {"paper": f"text:{n}", "sentence": sentence, "confidence": confidence, "extractor": "by hand"},
            )
            for n, (sentence, confidence) in enumerate((("A doubtful one.", 0.5), ("Surely.", 0.9), ("B, too.", 0.7)))
        ]
        papers = [Node("Paper", f"text:{n}", {"abstract": "It works."}) for n in range(3)]
        made = Graph.of(
            [*papers, *(n for n in graph().nodes if n.label in ("Method", "Task"))], [*claims, *mentioned(claims)]
        )
        ladybug.write(made, tmp_path / "g.lbug")
        with ladybug.open(tmp_path / "g.lbug") as store:
            table = rows(store, name, "sentence", "support", "papers", **given)
        assert table == [("Surely.", round(support(0.9, 3), 3), 3)]
        twin = sparql.run_sparql(sparql.open_graph(made), name, given).dicts()
        assert [tuple(row[c] for c in ("sentence", "support", "papers")) for row in twin] == table

    def test_generic_concepts_tie_nothing_together(self, embedded: EmbeddedGraph) -> None:
        """`accuracy` and `language model` are marked so."""
        stops = rows(embedded, "shortest-path", "concept", "next", first="BERT", second="DistilBERT")
        assert {"accuracy", "language model"}.isdisjoint(name for step in stops for name in step[:2])
        between = rows(embedded, "concepts-between", "concept", first="question answering")
        assert ("accuracy",) not in between

    def test_bridges(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "bridges", "method") == []
        between = rows(embedded, "concepts-between", "concept", second="reading comprehension")
        assert ("SQuAD",) in between

    def test_datasets_always_together(self, embedded: EmbeddedGraph) -> None:
        assert ("CIFAR-10", "ImageNet", 1.0) in rows(embedded, "datasets-together", "dataset", "other", "share")

    def test_one_paper_says(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "paper-claims", "subject", "relation", "object", paper="0002.00002") == [
            ("self-attention", "PART_OF", "Transformer")
        ]

    def test_review_begins_with_the_least_certain(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "review", "subject", "object") == [
            ("Café-Net 2", "ResNet"),
            ("XLNet", "RoBERTa"),
            ("ALBERT", "RoBERTa"),
        ]

    def test_untried_and_unbeaten(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "untried-benchmarks", "dataset", method="ALBERT") == [("SQuAD",)]
        assert rows(embedded, "unbeaten", "method", dataset="ImageNet") == [("EfficientNet",), ("ViT",)]

    def test_a_leaderboard_ranks_by_what_is_better_and_has_the_same_result_once(self, embedded: EmbeddedGraph) -> None:
        columns = ("metric", "better", "number", "method", "papers")
        assert rows(embedded, "leaderboard", *columns, dataset="ImageNet") == [
            ("error rate", "lower", 12.6, "ViT", 1),
            ("error rate", "lower", 15.7, "EfficientNet", 1),
            ("error rate", "lower", 21.4, "ResNet", 2),
        ]

    def test_which_leaderboards_there_are(self, embedded: EmbeddedGraph) -> None:
        columns = ("dataset", "metric", "methods", "results", "papers", "better")
        assert rows(embedded, "leaderboards", *columns)[:2] == [
            ("SQuAD", "F1", 4, 4, 4, "higher"),
            ("ImageNet", "error rate", 3, 4, 3, "lower"),
        ]
        assert rows(embedded, "leaderboards", "dataset", task="reading comprehension") == [("SQuAD",), ("SQuAD",)]

    def test_progress_is_the_best_of_each_year(self, embedded: EmbeddedGraph) -> None:
        columns = ("year", "number", "method", "results")
        assert rows(embedded, "progress", *columns, dataset="ImageNet") == [
            (2016, 21.4, "ResNet", 1),
            (2019, 15.7, "EfficientNet", 2),
            (2021, 12.6, "ViT", 1),
        ]
        assert rows(embedded, "progress", *columns, dataset="SQuAD", metric="F1")[-1] == (2019, 95.1, "XLNet", 2)

    def test_a_method_on_a_dataset_and_what_is_better_there(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "method-on-dataset", "metric", "value", method="RoBERTa", dataset="SQuAD") == [
            ("F1", "94.6"),
            ("exact match", "88.9"),
        ]
        assert rows(embedded, "beaten-on-dataset", "better", method="BERT", dataset="SQuAD") == [
            ("RoBERTa",),
            ("XLNet",),
        ]
        found = rows(
            embedded, "better-results", "method", "number", "beaten_number", method="ResNet", dataset="ImageNet"
        )
        assert found == [("ViT", 12.6, 21.4), ("EfficientNet", 15.7, 21.4)]
        assert rows(embedded, "better-results", "method", method="XLNet", dataset="SQuAD") == []

    def test_the_best_of_a_task(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "best-of-task", "dataset", "metric", "method", task="image classification") == [
            ("ImageNet", "error rate", "ViT"),
            ("CIFAR-10", "accuracy", "ViT"),
        ]

    def test_papers_by_author_venue_and_year(self, embedded: EmbeddedGraph) -> None:
        assert len(rows(embedded, "papers-by-author", "author", author="grace hopper")) == 10
        assert rows(embedded, "papers-by-author", "author", author="race hopper") == []
        assert rows(embedded, "papers-by-venue", "title", venue="icml") == [("Scaling nets evenly",)]
        assert len(rows(embedded, "papers-of-year", "title", year="2016")) == 2
        assert ("ViT", "Images as words") in rows(embedded, "introduced-in", "concept", "title", year="2021")

    def test_tasks_use_and_wins(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "tasks-of-method", "task", "papers", "named_by", method="BERT") == [
            ("question answering", 1, 3),
            ("language understanding", 1, 1),
            ("reading comprehension", 0, 3),  # papers that name BERT are about it
            ("visual question answering", 0, 1),
        ]
        assert rows(embedded, "tasks-of-dataset", "task", dataset="RACE") == [
            ("reading comprehension",),
            ("visual question answering",),
        ]
        assert rows(embedded, "most-used", "concept", type="Metric", limit="1") == [("F1",)]
        assert rows(embedded, "methods-by-wins", "method", "wins", "losses")[0] == ("XLNet", 2, 1)

    def test_papers_with_a_metric_with_both_and_to_read_first(self, embedded: EmbeddedGraph) -> None:
        assert rows(embedded, "papers-with-metric", "title", "lowest", metric="exact match") == [
            ("Encoders trained longer", 88.9)
        ]
        assert rows(embedded, "papers-on-both", "title", first="ViT", second="ResNet") == [
            ("Images as words",),
            ("Scaling nets evenly",),
        ]
        first = rows(embedded, "read-first", "title", "why", concept="BERT")[0]
        assert first == ("Deep two-way encoders", "introduces it")

    def test_results_of_several_methods_side_by_side(self, embedded: EmbeddedGraph) -> None:
        given = {"first": "BERT", "second": "XLNet", "third": "BiDAF", "fourth": "ViT"}
        assert rows(embedded, "results-side-by-side", "dataset", "metric", "method", "value", **given) == [
            ("CIFAR-10", "accuracy", "ViT", "99.5%"),
            ("ImageNet", "error rate", "ViT", "12.6%"),
            ("SQuAD", "F1", "BERT", "93.2"),
            ("SQuAD", "F1", "BiDAF", "77.3"),
            ("SQuAD", "F1", "XLNet", "95.1%"),
        ]
