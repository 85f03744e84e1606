"""Title and abstract as one text, and back."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractors.document.fields import clean, fields, join, locate, make_doc

NLP = spacy.blank("en")
TEXT = st.text(alphabet=st.characters(codec="utf-8"))


@given(st.one_of(st.none(), TEXT), TEXT)
def test_the_two_fields_come_back_as_they_were(title: str | None, abstract: str) -> None:
    doc = make_doc(NLP, title, abstract)
    assert fields(doc) == (title or None, abstract)


def test_a_span_is_located_in_its_field() -> None:
    text, start = join("Title", "Abstract")
    assert (text, start) == ("Title\nAbstract", 6)
    assert locate(0, 5, start) == ("title", 0, 5)
    assert locate(6, 14, start) == ("abstract", 0, 8)
    with pytest.raises(ValueError, match="neither"):
        locate(3, 9, start)


def test_half_characters_that_no_file_can_hold_are_replaced_one_for_one() -> None:
    assert clean("a\ud800b") == "a\ufffdb"
