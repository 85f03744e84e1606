"""A name in the title that spells out the one that the abstract presents is its long form."""

import pytest

from extractors.document.annotations import Mention
from extractors.entities.linking import link
from extractors.names.definitions import find_abbreviations


def names(title: str, abstract: str, *forms: str) -> list[set[str]]:
    """The forms of each entity that methods of these forms are linked into."""
    text = f"{title}\n{abstract}"
    mentions = [Mention(at := text.index(form), at + len(form), "Method", 0.9, "") for form in forms]
    entities = link(text, mentions, find_abbreviations(text), len(title) + 1)
    return [{text[m.start : m.end] for m in entity.mentions} for entity in entities]


def test_the_title_spells_out_what_is_presented() -> None:
    title, abstract = "Recurrent Leaf Networks for Trees", "We present a novel tree framework, RLNet, here."
    assert names(title, abstract, "Recurrent Leaf Networks", "RLNet") == [{"Recurrent Leaf Networks", "RLNet"}]


@pytest.mark.parametrize(
    ("title", "abstract", "long", "short"),
    [
        ("Recurrent Leaf Networks for Trees", "It is compared with RLNet.", "Recurrent Leaf Networks", "RLNet"),
        ("Augmenting Knowledge Graphs", "We propose KGA: it augments.", "Knowledge Graphs", "KGA"),
        ("Recurrent Leaf Networks", "We propose robust leaf nets (RLN).", "Recurrent Leaf Networks", "RLN"),
    ],
)
def test_what_is_not_presented_does_not_fit_or_is_defined_stays_apart(
    title: str, abstract: str, long: str, short: str
) -> None:
    assert names(title, abstract, long, short) == [{long}, {short}]
