"""Merging: who is one paper, what it is called, and that neither order nor repetition matters."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Report
from kg.papers import Paper
from kg.readers.merge import merge_papers

GATES = (
    "We introduce GateWalk, a retriever that walks over citation graphs and stops at learned gates. On CiteBench it "
    "reaches 72.4% Recall@10, which is 3.1 points above DenseWalk, and the index fits on one machine."
)
LABELS = (
    "Small taggers trained on noisy labels forget rare classes first. We weight every label by the agreement of three "
    "annotators; taggers of two layers gain 1.8 F1 on NoisyNER without any clean data."
)


def test_a_paper_in_several_files_is_one_that_keeps_title_and_all_sources() -> None:
    plain = Paper(GATES, source=("lines.txt",))
    titled = Paper(GATES.replace("GateWalk", "gatewalk"), title="GateWalk", source=("listing.txt",))
    [(name, paper)] = merge_papers([plain, titled, plain])
    assert name.startswith("text:")
    assert (paper.title, paper.source) == ("GateWalk", ("lines.txt", "listing.txt"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.5555/GW"}, {"doi": "https://doi.org/10.5555/gw"}),
        ({"arxiv": "2304.01234v1"}, {"arxiv": "arXiv:2304.01234"}),
        ({"arxiv": "2304.01234"}, {"doi": "10.48550/arXiv.2304.01234"}),
        ({"anthology": "2021.tag-1.7"}, {"doi": "10.18653/v1/2021.tag-1.7"}),
        ({"anthology": "P19-1007"}, {"anthology": "P19-1007"}),
    ],
)
def test_identifiers_join_wordings_of_one_paper(one: dict[str, str], other: dict[str, str]) -> None:
    shorter = GATES[:90]
    [(_, paper)] = merge_papers([Paper(GATES, **one), Paper(shorter, **other)])  # type: ignore[arg-type]
    assert paper.abstract == GATES


def test_ids_chain_papers_that_share_nothing_directly() -> None:
    chain = [Paper(GATES, doi="10.5555/a"), Paper(GATES, arxiv="2304.01234"), Paper(GATES[:90], arxiv="2304.01234v3")]
    assert [name for name, _ in merge_papers(chain)] == ["arxiv:2304.01234"]


def test_the_id_is_the_least_arxiv_id_else_the_doi_else_a_hash_of_the_text() -> None:
    both = [Paper(GATES, arxiv="2304.01234", doi="10.5555/gw"), Paper(GATES, arxiv="2303.09999")]
    assert merge_papers(both)[0][0] == "arxiv:2303.09999"
    assert merge_papers([Paper(GATES, doi="10.5555/gw")])[0][0] == "doi:10.5555/gw"
    [(name, _)] = merge_papers([Paper(GATES)])
    assert name == merge_papers([Paper(GATES.upper().replace(",", ""))])[0][0]


def test_markup_that_a_record_keeps_does_not_make_it_another_paper() -> None:
    raw = GATES.replace("GateWalk", r"\emph{GateWalk}").replace("72.4%", r"$72.4\%$")
    record: dict[str, object] = {"abstract": raw, "title": None, "mentions": [], "entities": []}
    [(_, paper)] = merge_papers([Paper(GATES, title="GateWalk"), Paper(raw, record=record)])
    assert (paper.abstract, paper.record, paper.title) == (raw, record, "GateWalk")


def test_no_value_is_lost_and_the_fullest_wins() -> None:
    one = Paper(GATES, title="GATEWALK", year=2023, venue="arXiv", authors=("A. Núñez",), local_id="7", source=("a",))
    other = Paper(GATES, title="GateWalk", year=2024, venue="JIR", authors=("Ada Núñez", "B. Meer"), doi="10.5555/gw",
                  url="http://x.org", anthology="2023.inv-long.4", source=("b",))  # fmt: skip
    [(_, paper)] = merge_papers([one, other])
    assert paper == Paper(
        GATES, title="GateWalk", year=2023, venue="JIR", authors=("Ada Núñez", "B. Meer"), url="http://x.org",
        doi="10.5555/gw", anthology="2023.inv-long.4", local_id="7", source=("a", "b"),
    )  # fmt: skip


def test_local_ids_say_nothing_about_identity() -> None:
    assert len(merge_papers([Paper(GATES, local_id="1"), Paper(LABELS, local_id="1")])) == 2


def test_different_papers_under_one_identifier_stay_apart_and_are_reported() -> None:
    report = Report()
    papers = [Paper(GATES, title="GateWalk", doi="10.5555/volume", local_id="7", source=("a.bib",)),
              Paper(LABELS, title="Noisy Labels", doi="10.5555/volume", source=("b.bib",))]  # fmt: skip
    merged = merge_papers(papers, report)
    assert [name.partition(":")[0] for name, _ in merged] == ["text", "text"]
    assert {paper.doi for _, paper in merged} == {"10.5555/volume"}
    assert [str(problem) for problem in report.problems] == [
        "a.bib, b.bib: doi:10.5555/volume: "
        "2 papers with different titles and texts claim this identifier; they stay apart: "
        "7, GateWalk in a.bib; Noisy Labels in b.bib"
    ]


def test_an_equal_title_makes_one_paper_of_a_rewritten_abstract() -> None:
    papers = [Paper(GATES, title="GateWalk", arxiv="2304.01234"), Paper(LABELS, title="Gatewalk.", arxiv="2304.01234")]
    assert len(merge_papers(papers)) == 1


def test_a_stock_phrase_does_not_join_papers_of_different_titles() -> None:
    withdrawn = "This paper has been withdrawn by the author."
    papers = [Paper(withdrawn, title="One"), Paper(withdrawn, title="Two"), Paper(withdrawn, title="One", year=2001)]
    merged = merge_papers(papers)
    assert sorted(paper.title or "" for _, paper in merged) == ["One", "Two"]
    assert len({name for name, _ in merged}) == 2


def test_the_report_counts_what_was_merged() -> None:
    report = Report()
    merge_papers([Paper(GATES), Paper(GATES), Paper(LABELS)], report)
    assert report.counts["merged"] == 1


PAPERS = st.lists(
    st.builds(
        Paper,
        abstract=st.sampled_from([GATES, GATES[:90], GATES.upper(), LABELS, LABELS[:80], "Withdrawn.", "withdrawn"]),
        title=st.sampled_from([None, "GateWalk", "gatewalk", "Noisy Labels"]),
        year=st.sampled_from([None, 2021, 2023]),
        venue=st.sampled_from([None, "arXiv", "JIR"]),
        authors=st.sampled_from([(), ("A",), ("A", "B")]),
        doi=st.sampled_from([None, "10.5555/a", "10.5555/b", "10.48550/arxiv.2304.01234"]),
        arxiv=st.sampled_from([None, "2304.01234", "2304.01234v2", "2101.00001"]),
        anthology=st.sampled_from([None, "P19-1007"]),
        source=st.sampled_from([("a",), ("b",)]),
    ),
    max_size=7,
)


@given(PAPERS, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(papers: list[Paper], rng: random.Random) -> None:
    shuffled = papers + rng.choices(papers, k=3) if papers else []
    rng.shuffle(shuffled)
    assert merge_papers(shuffled) == merge_papers(papers)


@given(PAPERS)
def test_merging_what_is_merged_changes_nothing(papers: list[Paper]) -> None:
    merged = merge_papers(papers)
    assert merge_papers([paper for _, paper in merged]) == merged


@given(PAPERS)
def test_ids_are_unique_and_sorted_and_sources_all_kept(papers: list[Paper]) -> None:
    merged = merge_papers(papers)
    names = [name for name, _ in merged]
    assert names == sorted(set(names))
    assert {s for _, paper in merged for s in paper.source} == {s for paper in papers for s in paper.source}


def test_merging_knows_records_apart_by_content() -> None:
    record: dict[str, object] = {"abstract": GATES, "title": None, "mentions": [], "entities": []}
    fuller = record | {"mentions": [{"field": "abstract", "start": 13, "end": 21, "entity": "e"}]}
    papers = [Paper(GATES, record=record), Paper(GATES, record=fuller)]
    assert merge_papers(papers) == merge_papers(papers[::-1])
    assert merge_papers(papers)[0][1].record == fuller
    assert replace(papers[0], record=None) != papers[0]
