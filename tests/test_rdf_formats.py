"""The RDF files, read back by parsers that had no part in writing them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdf_graph
import rdflib
import small_graph
from graph_strategies import graphs
from hypothesis import HealthCheck, given, settings
from rdf_readers import jena
from rdflib.compare import to_canonical_graph

import kg
from kg.errors import KGError
from kg.exports import export
from kg.graph import Graph, Node, Relationship

pytestmark = [  # rdflib warns of what it does itself
    pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

TRIPLES = ("ttl", "nt", "rdf")
QUADS = ("nq", "trig", "jsonld")
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
STRANGE = Graph.of(
    [
        Node(
            "Method",
            "method:a b/../c#d?e",
            {"name": 'A"\\\n\r\t<b>&\u2028', "aliases": ("]]>", "@en", ""), "papers": 0},
        ),
        Node("Dataset", "dataset://x", {"name": "Ünïcode 数据 😀", "aliases": ("e\u0301",), "papers": 1}),
        Node("Paper", "doi:10.1/<(é)>", {"title": " x\r\ny ", "abstract": "", "url": "not an address", "year": -44}),
        Node("Paper", "text:1", {"url": "https://x.org/a b?c=[d]#e", "year": 12345}),
    ],
    [Relationship("EVALUATED_ON", "method:a b/../c#d?e", "dataset://x", {"paper": "text:1", "confidence": 0.5})],
)
GRAPHS = {"small": small_graph.graph(), "evidence": rdf_graph.graph(), "strange": STRANGE, "empty": Graph.of([], [])}


def by_oxigraph(path: Path, suffix: str) -> set[ox.Quad]:
    return set(ox.parse(path=str(path), format=OXIGRAPH[suffix]))


def by_rdflib(path: Path, suffix: str) -> set[ox.Quad]:
    """What rdflib reads, in pyoxigraph's values, so that both can be compared as sets: there are no blank nodes."""
    dataset = rdflib.Dataset()
    dataset.parse(data=path.read_bytes(), format=RDFLIB[suffix])  # from a path it leaves the file open
    plain = dataset.serialize(format="nquads")
    assert not any(line.startswith("_:") for line in plain.splitlines())
    return set(ox.parse(input=plain.encode(), format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize("name", GRAPHS)
def test_every_format_says_the_same_to_two_parsers(name: str, tmp_path: Path) -> None:
    for formats in (TRIPLES, QUADS):
        first: set[ox.Quad] | None = None
        for suffix in formats:
            path = tmp_path / f"g.{suffix}"
            export(GRAPHS[name], path)
            found = by_oxigraph(path, suffix)
            assert by_rdflib(path, suffix) == found, suffix
            first = first or found
            assert found == first, f"{suffix} against {formats[0]}"


def test_apache_jena_reads_the_same(tmp_path: Path) -> None:
    for name, graph in GRAPHS.items():
        for suffix in (*TRIPLES, *QUADS):
            export(graph, tmp_path / f"{name}.{suffix}")
    files = sorted(tmp_path.iterdir())
    for file, read in zip(files, jena(*files), strict=True):
        assert by_oxigraph(read, "nq") == by_oxigraph(file, file.suffix[1:]), file.name


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_any_graph_can_be_written_and_read(graph: Graph, tmp_path: Path) -> None:
    for formats in (TRIPLES[:2], QUADS):
        found = []
        for suffix in formats:
            path = tmp_path / f"g.{suffix}"
            export(graph, path)
            found.append(by_oxigraph(path, suffix))
        assert all(other == found[0] for other in found)
    export(graph, tmp_path / "g.rdf")
    assert len(by_oxigraph(tmp_path / "g.rdf", "rdf")) <= len(by_oxigraph(tmp_path / "g.nt", "nt"))


def test_xml_replaces_what_it_cannot_hold_and_keeps_the_rest(tmp_path: Path) -> None:
    name = "a\x00b\x0bc\x1fd\ufffee\uffff\x7f\x85\u2028\r\n\r\t<&>"
    export(Graph.of([Node("Method", "method:a", {"name": name, "papers": 1})], []), tmp_path / "g.rdf")
    read = rdflib.Graph().parse(data=(tmp_path / "g.rdf").read_bytes(), format="xml")
    (found,) = read.objects(rdflib.URIRef("https://abstractkg.example/method/a"), rdflib.SKOS.prefLabel)
    assert str(found) == "a�b�c�d�e�\x7f\x85\u2028\r\n\r\t<&>"


@pytest.mark.parametrize("suffix", [*TRIPLES, *QUADS])
def test_halves_of_surrogate_pairs_become_replacement_characters(suffix: str, tmp_path: Path) -> None:
    graph = Graph.of([Node("Method", "method:\ud800", {"name": "x\udfffy", "aliases": ("\ud83d",), "papers": 1})], [])
    export(graph, tmp_path / f"g.{suffix}")
    assert any(
        isinstance(q.object, ox.Literal) and q.object.value == "x�y"
        for q in by_oxigraph(tmp_path / f"g.{suffix}", suffix)
    )


def test_the_same_graph_is_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    script = (
        "import sys; import rdf_graph; from kg.exports import export\n"
        "for s in 'ttl nt nq trig jsonld rdf'.split(): export(rdf_graph.graph(), f'{sys.argv[1]}/g.{s}')\n"
        "export(rdf_graph.graph(), f'{sys.argv[1]}/np.trig', nanopub=True)"
    )
    folders = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        root = Path(__file__).parent.parent
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True, env=environment, cwd=root / "tests")
        folders.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert folders[0] == folders[1]
    assert len(folders[0]) == 7


def test_rdflib_gets_the_triples_of_the_files(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "g.ttl")
    made, read = kg.to_rdflib(rdf_graph.graph()), rdflib.Graph().parse(data=(tmp_path / "g.ttl").read_bytes())
    assert set(to_canonical_graph(made)) == set(to_canonical_graph(read))
    assert made.value(
        rdflib.URIRef("https://abstractkg.example/method/bert"), rdflib.DCTERMS.identifier
    ) == rdflib.Literal("method:bert")


@pytest.mark.parametrize("suffix", ["ttl", "nt", "nq", "trig"])
def test_rdf_1_2_names_the_triple_where_rdf_1_1_names_its_parts(suffix: str, tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / f"old.{suffix}")
    export(rdf_graph.graph(), tmp_path / f"new.{suffix}", rdf12=True)
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    parts: dict[tuple[str, str], dict[str, object]] = {}
    for quad in by_oxigraph(tmp_path / f"old.{suffix}", suffix):
        if quad.predicate.value in (rdf + "subject", rdf + "predicate", rdf + "object"):
            parts.setdefault((str(quad.subject), str(quad.graph_name)), {})[quad.predicate.value[len(rdf) :]] = (
                quad.object
            )
    named = {
        (str(q.subject), str(q.graph_name)): {
            "subject": q.object.subject,
            "predicate": q.object.predicate,
            "object": q.object.object,
        }
        for q in by_oxigraph(tmp_path / f"new.{suffix}", suffix)
        if isinstance(q.object, ox.Triple)
    }
    assert named == parts
    assert len(parts) == 6


def test_json_ld_reads_well(tmp_path: Path) -> None:
    """Short keys, ids as the graph has them, one thing a line, selectors within their sentence."""
    export(rdf_graph.graph(), tmp_path / "g.jsonld")
    things = {thing["@id"]: thing for thing in json.loads((tmp_path / "g.jsonld").read_text("utf-8"))["@graph"]}
    bert = things["method:bert"]
    assert bert["@type"] == ["Method", "Concept"]
    assert (bert["prefLabel"], bert["altLabel"], bert["paperCount"]) == ("BERT", ["Bert"], 1)
    claims = things["claims:arxiv/1810.04805"]["@graph"]
    sentence = next(thing for thing in claims if thing["@type" if "@type" in thing else "@id"] == "SpecificResource")
    assert [selector["@type"] for selector in sentence["hasSelector"]] == ["TextPositionSelector", "TextQuoteSelector"]
    assert (
        sum('"method:bert", "@type"' in line for line in (tmp_path / "g.jsonld").read_text("utf-8").splitlines()) == 1
    )


def test_the_context_file_is_the_context_of_the_files(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "g.jsonld", base="https://kg.example.org/x")
    export(rdf_graph.graph(), tmp_path / "c.json", "context", base="https://kg.example.org/x")
    context = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert json.loads((tmp_path / "g.jsonld").read_text("utf-8"))["@context"] == context["@context"]
    assert context["@context"]["method"] == "https://kg.example.org/x/method/"


@pytest.mark.parametrize("suffix", [*TRIPLES, *QUADS])
def test_a_base_of_ones_own_leaves_no_trace_of_the_default(suffix: str, tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / f"g.{suffix}", base="https://kg.example.org/")
    assert "abstractkg.example" not in (tmp_path / f"g.{suffix}").read_text("utf-8")
    by_rdflib(tmp_path / f"g.{suffix}", suffix)


@pytest.mark.parametrize(
    ("suffix", "options", "words"),
    [
        ("ttl", {"base": "no iri"}, "no iri: not an absolute IRI"),
        ("ttl", {"nanopub": True}, "nanopub cannot be used with format ttl: this format has the options base, rdf12"),
        ("graphml", {"base": "https://x.org/"}, "base cannot be used with format graphml: this format has no options"),
        ("trig", {"creator": "https://x.org/me"}, "creator needs nanopub"),
        ("trig", {"nanopub": True, "rdf12": True}, "nanopub cannot be used with rdf12"),
        ("trig", {"nanopub": True, "creator": "me"}, "creator 'me': not an IRI"),
        ("trig", {"nanopub": True, "created": "yesterday"}, "created 'yesterday': not a time"),
        ("trig", {"nanopub": True, "created": "2026-01-31T12:00:00"}, "needs a time zone"),
    ],
)
def test_options_that_make_no_sense_are_said_in_one_line(suffix: str, options, words: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KGError, match=re.escape(words)) as caught:
        export(rdf_graph.graph(), tmp_path / f"g.{suffix}", **options)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir()), "no half of a file is left"
