"""Words: what a term can be made of."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.text.words import is_stop, read_list, runs, stopwords, words_of


def texts(text: str) -> list[str]:
    return [" ".join(word.text for word in run) for run in runs(text, words_of(text))]


def test_runs_end_at_function_words_verbs_and_punctuation() -> None:
    assert texts("We propose a graph convolutional network, and the node classification improves.") == [
        "graph convolutional network",
        "node classification",
    ]


def test_hyphens_and_digits_are_inside_words() -> None:
    assert [word.text for word in words_of("pre-trained GPT-2 on F1@10, C++")] == [
        "pre-trained",
        "GPT-2",
        "on",
        "F1@10",
        "C++",
    ]


def test_a_possessive_ending_is_no_part_of_a_word() -> None:
    text = "BERT's layers"
    (word, _) = words_of(text)
    assert (word.text, text[word.start : word.end]) == ("BERT", "BERT")


def test_adverbs_and_numbers_are_in_no_term() -> None:
    assert [is_stop(word) for word in words_of("jointly 93.5 3.1x anomaly 3D")] == [True, True, True, False, False]


def test_lists_have_no_comments_and_no_empty_lines() -> None:
    assert "" not in read_list("stopwords.txt")
    assert not any(line.startswith("#") for line in read_list("heads.tsv"))
    assert len(stopwords()) > 1000


@given(st.text())
def test_words_are_where_they_say_they_are(text: str) -> None:
    words = words_of(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(run for run in runs(text, words))
