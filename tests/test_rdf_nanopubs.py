"""Nanopublications: well-formed by the guidelines, one for each statement."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdf_graph
import small_graph
from rdf_readers import run

from kg import schema
from kg.exports import export

NP = "http://www.nanopub.org/nschema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CREATOR = "https://orcid.org/0000-0002-1825-0097"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MOMENT = "2026-01-31T12:00:00+00:00"
ASSERTED = {"INTRODUCES", *schema.STATEMENT_TYPES}


def _by_graph(path: Path) -> dict[str, set[ox.Triple]]:
    graphs: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.from_extension(path.suffix[1:])):
        assert isinstance(quad.graph_name, ox.NamedNode), "every triple has a graph"
        graphs[quad.graph_name.value].add(quad.triple)
    return graphs


def _iri(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


def _about(triple: ox.Triple, name: str) -> bool:
    return name in {term.value for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode)}


@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld"])
def test_each_statement_is_one_well_formed_nanopublication(suffix: str, tmp_path: Path) -> None:
    graph = small_graph.graph()
    export(graph, tmp_path / f"np.{suffix}", nanopub=True, creator=CREATOR, created=MOMENT)
    graphs = _by_graph(tmp_path / f"np.{suffix}")
    heads = {
        name: triples
        for name, triples in graphs.items()
        if any(t.object == ox.NamedNode(NP + "Nanopublication") for t in triples)
    }
    assert len(heads) == sum(rel.type in ASSERTED for rel in graph.relationships)
    placed = set(heads)
    for head in heads.values():
        (whole,) = {_iri(t.subject) for t in head}
        parts = {t.predicate.value.removeprefix(NP): _iri(t.object) for t in head if t.predicate.value != TYPE}
        assert parts.keys() == {"hasAssertion", "hasProvenance", "hasPublicationInfo"}
        assert len(head) == 4, "the head holds nothing else"
        assertion, provenance, info = (
            graphs[parts[name]] for name in ("hasAssertion", "hasProvenance", "hasPublicationInfo")
        )
        assert len(assertion) == 1
        assert any(_about(t, parts["hasAssertion"]) for t in provenance)
        assert all(_iri(t.subject) == whole for t in info)
        assert whole not in graphs
        placed |= set(parts.values())
    assert placed == graphs.keys(), "no triple lies anywhere else"


def test_the_official_checker_accepts_them(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "np.trig", nanopub=True, creator=CREATOR, created=MOMENT)
    assert (
        run("org.nanopub.CheckNanopub", str(tmp_path / "np.trig")).strip() == "Summary: 5 trusty (without signature);"
    )


def test_another_word_makes_another_name(tmp_path: Path) -> None:
    names = []
    for moment in (MOMENT, "2026-02-01T12:00:00+00:00"):
        export(rdf_graph.graph(), tmp_path / "np.nq", nanopub=True, creator=CREATOR, created=moment)
        found = set(re.findall(r"/nanopub/(RA[\w-]{43})#", (tmp_path / "np.nq").read_text("utf-8")))
        assert len(found) == 5
        names.append(found)
    assert names[0].isdisjoint(names[1])


def test_a_licence_of_the_metadata_is_in_the_publication_info(tmp_path: Path) -> None:
    (tmp_path / "about.yaml").write_text(f"licence: {LICENCE}\ncreator: {CREATOR}\n", "utf-8")
    export(rdf_graph.graph(), tmp_path / "np.trig", nanopub=True, metadata=tmp_path / "about.yaml")
    text = (tmp_path / "np.trig").read_text("utf-8")
    assert text.count(f"dcterms:license <{LICENCE}>") == 5
    assert text.count(f"dcterms:creator <{CREATOR}>") == 5


def test_a_nanopublication_says_who_when_and_from_which_sentence(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "np.trig", nanopub=True, creator=CREATOR, created=MOMENT)
    text = (tmp_path / "np.trig").read_text("utf-8")
    assert f"prov:wasAttributedTo <{CREATOR}>" in text
    assert f'dcterms:created "{MOMENT}"^^xsd:dateTime' in text
    assert 'rdfs:label "BERT outperforms BiDAF"@en' in text
    assert f'oa:exact "{rdf_graph.SENTENCE}"' in text
    assert 'schema:softwareVersion "0.1.0+5f3a"' in text
    assert "<https://doi.org/10.18653/v1/n19-1423>" in text


def test_without_a_creator_the_software_is_named_and_without_a_time_none_is_made_up(tmp_path: Path) -> None:
    export(rdf_graph.graph(), tmp_path / "np.trig", nanopub=True)
    text = (tmp_path / "np.trig").read_text("utf-8")
    assert "prov:wasAttributedTo extractor:abstractkg" in text
    assert "dateTime" not in text
