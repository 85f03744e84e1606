"""Short forms that are clipped from a hyphenated word, alone and inside longer names; and metrics at a rank."""

from __future__ import annotations

import pytest
from assembly_records import Extracted, aliases, concepts, paper

from kg.assembly import assemble

DEFINING = [
    paper(f"arxiv:{number}", "We study {Task#1 ant co-operation} ({Task#1 CoOp}) of colonies.") for number in range(5)
]


def named(*papers: Extracted) -> dict[str, str]:
    """The preferred name of the concept of each form."""
    found = concepts(assemble(papers)).values()
    return {form: str(node.properties["name"]) for node in found for form in node.properties["aliases"]}  # type: ignore[union-attr]


def test_a_clipped_form_in_lower_case_means_what_its_paper_says() -> None:
    ants = paper("arxiv:1", "We study {Task#1 ant co-operation} ({Task#1 co-op}). {Task#1 co-op} is hard.")
    bees = paper("arxiv:2", "For {Task#1 bee co-operation} ({Task#1 co-op}) we count flights.")
    assert aliases(ants, bees) == {
        frozenset({"ant co-operation", "co-op"}),
        frozenset({"bee co-operation", "co-op"}),
    }


def test_a_clipped_form_in_lower_case_means_what_most_papers_say() -> None:
    found = named(*DEFINING, paper("arxiv:9", "We solve {Task co-op} with little data."))
    assert found["co-op"] == "ant co-operation"


def test_an_ordinary_hyphenated_word_is_no_clipped_form() -> None:
    found = named(*DEFINING, paper("arxiv:9", "A {Task co-set} of colonies, and a {Task two-way} split."))
    assert (found["co-set"], found["two-way"]) == ("co-set", "two-way")


@pytest.mark.parametrize("short", ["night CoOp", "night co-op", "night ant co-OP", "night ant Co-Op"])
def test_a_clipped_form_inside_a_name_is_expanded(short: str) -> None:
    found = named(
        *DEFINING,
        paper("arxiv:8", "{Task night ant co-operation} is harder."),
        paper("arxiv:9", f"We are the first to try {{Task {short}}}."),
    )
    assert found[short] == "night ant co-operation"


def test_what_its_letters_say_is_all_that_is_sure_of_an_abbreviation_inside_a_name() -> None:
    bee = paper("arxiv:8", "{Task bee co-operation} is another problem.")
    found = named(*DEFINING, bee, paper("arxiv:9", "We try {Task bee Co-Op}."))
    assert found["bee Co-Op"] == "bee co-operation"
    assert found["CoOp"] == "ant co-operation"


def test_a_name_is_shown_spelled_out() -> None:
    found = named(
        *DEFINING,
        paper("arxiv:7", "{Task night ant co-op} at dusk."),
        paper("arxiv:8", "{Task night ant co-op} at dawn."),
        paper("arxiv:9", "{Task Night ant co-operation} is harder."),
    )
    assert found["night ant co-op"] == "Night ant co-operation"


def test_a_metric_at_a_rank_is_one_metric_whatever_is_said_to_be_right() -> None:
    found = named(
        paper("arxiv:1", "{Metric rank-1 accuracy} rises, as does {Metric rank-5 accuracy}."),
        paper("arxiv:2", "The {Metric rank-1 matching rate} rises."),
        paper("arxiv:3", "The {Metric Rank-1 recognition rates} rise, not the {Metric recognition rate}."),
    )
    assert found["rank-1 matching rate"] == found["Rank-1 recognition rates"] == found["rank-1 accuracy"]
    assert len({found["rank-1 accuracy"], found["rank-5 accuracy"], found["recognition rate"]}) == 3
