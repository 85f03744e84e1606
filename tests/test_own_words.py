"""One's own names, in extraction and assembly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractors
import kg
from kg.assembly.own_words import read_own_words
from kg.building.extraction import knowing
from kg.errors import KGError

WORDS = "# type\tname\taliases\nDataset\tZebra\tZBR-1 | the striped set\nMethod\tquick brown parser\tQBP\n"
PAPERS = (
    {"id": "a", "abstract": "We test the quick brown parser on Zebra. It outperforms BERT on ZBR-1 by 3 points."},
    {"id": "b", "abstract": "QBP is compared with BERT on the striped set."},
)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    (tmp_path / "words.tsv").write_text(WORDS, "utf-8")
    return tmp_path / "words.tsv"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS), "utf-8")
    return tmp_path / "papers.jsonl"


def concepts(store: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    nodes = (n for n in kg.read_graph(store).nodes if n.label in ("Method", "Dataset"))
    return {str(n.properties["name"]): (n.label, n.properties["aliases"]) for n in nodes}  # type: ignore[misc]


def test_names_are_found_with_their_type_and_joined_with_their_aliases(
    tmp_path: Path, words: Path, papers: Path
) -> None:
    store = tmp_path / "store"
    kg.build(papers, store, extractor="patterns")
    assert "Zebra" not in concepts(store) or concepts(store)["Zebra"][1] == ("Zebra",)
    first = kg.build([], store, vocabulary=words)
    assert first.extracted == 2, "records depend on the names that the extractor knows"
    assert concepts(store)["Zebra"] == ("Dataset", ("ZBR-1", "Zebra", "the striped set"))
    assert concepts(store)["quick brown parser"] == ("Method", ("QBP", "quick brown parser"))
    assert not kg.build(papers, store).changed, "the store remembers the names"


def test_a_longer_mention_keeps_a_name_inside_it(words: Path) -> None:
    engine = knowing(extractors.load("patterns"), read_own_words(words))
    record = engine.extract(
        "1", None, "We propose ZebraNet, a convolutional neural network for Zebra, and Zebra segmentation."
    )
    found = {mention.text for mention in record.mentions}
    assert {"ZebraNet", "Zebra"} <= found
    assert {e.type for e in record.entities if e.name == "Zebra"} == {"Dataset"}


def test_records_say_that_they_were_made_with_names(words: Path) -> None:
    plain = extractors.load("patterns")
    assert knowing(plain, read_own_words(words)).version.startswith(plain.version)
    assert knowing(plain, read_own_words(words)).version != plain.version


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Dataset", "line 1: needs 2 or 3"),
        ("Thing\tZebra", "line 1: unknown type 'Thing'"),
        ("Dataset\tZebra\nMethod\tZ\tZebra", "line 2: 'Zebra' is a Dataset above"),
    ],
)
def test_a_line_of_another_form_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "words.tsv").write_text(text, "utf-8")
    with pytest.raises(KGError, match=message):
        read_own_words(tmp_path / "words.tsv")
