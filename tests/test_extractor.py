"""Extractors: the names that load knows, many papers on several processes, and what fails."""

import json
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractors
from extractors.extractor import _CHUNK, ExtractionError, Extractor, Record, _chunks

PAPER = (
    "SparX: Sparse Networks for Parsing",
    "We propose SparX, a sparse graph neural network (GNN) for dependency parsing. SparX reaches 93.5% accuracy "
    "on the Penn Treebank and outperforms BERT by 2%.",
)


class Failing(Extractor):
    """Fails for papers without a text."""

    name = "failing"
    version = "1"

    def extract(self, id: str, title: str | None, abstract: str) -> Record:
        if not abstract:
            raise ValueError("nothing to read")
        return Record(id, title, abstract)


@pytest.fixture(scope="module")
def patterns() -> Extractor:
    return extractors.load("patterns")


def test_an_unknown_name_gets_the_list_of_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown extractor 'x'; there are default, fast, patterns"):
        extractors.load("x")


def test_a_model_of_ones_own_is_named_by_its_folder(tmp_path: Path) -> None:
    """Its files are part of the version."""
    (tmp_path / "mine").mkdir()
    for name in ("config.json", "encoder.onnx"):
        (tmp_path / "mine" / name).write_text("1")
    first = extractors.load(str(tmp_path / "mine"))
    assert (first.name, first.version) == ("mine", extractors.load(str(tmp_path / "mine")).version)
    (tmp_path / "mine" / "encoder.onnx").write_text("2")
    assert extractors.load(str(tmp_path / "mine")).version != first.version


def test_importing_and_loading_does_not_import_spacy() -> None:
    code = "import sys, extractors; extractors.load('patterns').version; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_record_says_what_the_text_says(patterns: Extractor) -> None:
    record = patterns.extract("p1", *PAPER)
    assert (record.id, record.title, record.abstract) == ("p1", *PAPER)
    assert Record.from_json(record.to_json()).entities == record.entities  # every reference and type is checked
    assert {mention.extractor.split(":")[0] for mention in record.mentions} == {"patterns"}
    assert all(0 < relation.confidence <= 1 for relation in record.relations)
    names = {entity.id: entity.name for entity in record.entities}
    by_value = {result.value: result for result in record.results}
    assert names[by_value["93.5%"].metric or ""] == "accuracy"
    assert names[by_value["93.5%"].method or ""] == "SparX"
    assert names[by_value["2%"].baseline or ""] == "BERT"
    assert "SparX" in [names[topic] for topic in record.topics]
    (introduced,) = [entity for entity in record.entities if entity.introduced]
    assert (introduced.name, introduced.introduced_confidence) == ("SparX", 0.8)
    assert introduced.introduction is not None
    assert record.quote(introduced.introduction).startswith("We propose SparX")
    assert [record.quote(a.short) for a in record.abbreviations or ()] == ["GNN"]


def test_a_paper_without_title_or_text_has_an_empty_record(patterns: Extractor) -> None:
    record = patterns.extract("p1", None, "")
    assert record.title is None
    assert record == Record("p1", None, "", record.extractor, abbreviations=())


EXTRACTOR = extractors.load("patterns")
TEXT = st.one_of(st.text(), st.text(alphabet=string.ascii_letters + " .,()%0123456789-:\n"))


@settings(max_examples=60)
@given(st.one_of(st.none(), TEXT), TEXT)
def test_any_text_gives_the_same_valid_record_each_time(title: str | None, abstract: str) -> None:
    one = json.dumps(EXTRACTOR.extract("p", title, abstract).to_json(), ensure_ascii=False)
    EXTRACTOR.extract("q", *PAPER)
    assert json.dumps(EXTRACTOR.extract("p", title, abstract).to_json(), ensure_ascii=False) == one
    one.encode()
    for mention in json.loads(one)["mentions"]:
        assert mention["text"] == json.loads(one)[mention["field"]][mention["start"] : mention["end"]]


@pytest.mark.parametrize(
    "piece", ["(", "BERT ", "5%", "5% and ", "accuracy of 5% ", "BERT for parsing ", '"', "A.", "&", "_", "…", "😀"]
)
def test_a_text_of_nothing_but_repetition_takes_time_in_proportion_to_its_length(piece: str) -> None:
    """Eight times the length may take some twenty times as long, but not sixty-four."""

    def seconds(length: int) -> float:
        """The least of three times: garbage collection falls into some."""
        times = []
        for _ in range(3):
            started = time.process_time()
            EXTRACTOR.extract("p", None, piece * (length // len(piece)))
            times.append(time.process_time() - started)
        return min(times)

    seconds(100)  # loads the pipeline
    assert seconds(8_000) < 24 * max(seconds(1_000), 0.05)


def test_a_text_that_is_too_long_for_an_abstract_is_refused(patterns: Extractor) -> None:
    with pytest.raises(ExtractionError, match="paper p: 50,001 characters are no abstract"):
        patterns.extract("p", None, "a" * 50_001)


def test_processes_and_neighbours_do_not_change_a_byte(patterns: Extractor) -> None:
    papers = [(f"p{n}", PAPER[0] if n % 3 else None, PAPER[1] + f" Case {n}.") for n in range(40)]
    alone = [json.dumps(patterns.extract(*paper).to_json()) for paper in papers]
    assert [json.dumps(record.to_json()) for record in patterns.extract_many(papers)] == alone
    assert [json.dumps(record.to_json()) for record in patterns.extract_many(iter(papers), processes=2)] == alone


@pytest.mark.parametrize("processes", [1, 2])
def test_a_failing_paper_raises_an_error_that_names_it_at_its_place(processes: int) -> None:
    papers = [("a", None, "text"), ("b", None, ""), ("c", None, "text")]
    records = Failing().extract_many(papers, processes)
    assert next(records).id == "a"
    with pytest.raises(ExtractionError, match="paper b: ValueError: nothing to read"):
        next(records)


@pytest.mark.parametrize("processes", [1, 2])
def test_with_on_error_a_failing_paper_costs_no_other(processes: int) -> None:
    papers = [("a", None, "text"), ("b", None, ""), ("c", None, "text")]
    told: list[str] = []
    records = Failing().extract_many(papers, processes, on_error=lambda error: told.append(error.paper))
    assert [record.id for record in records] == ["a", "c"]
    assert told == ["b"]


def test_an_endless_input_is_read_only_a_little_ahead() -> None:
    def papers() -> Iterator[tuple[str, None, str]]:
        for number in range(10**9):
            yield str(number), None, "text"

    assert next(Failing().extract_many(papers(), processes=2)).id == "0"


@pytest.mark.parametrize("processes", [2, 5])
@pytest.mark.parametrize("count", [0, 1, 7, 64, 1000])
def test_towards_the_end_processes_get_fewer_papers_at_a_time(processes: int, count: int) -> None:
    """So that none has many left while the others have none; each paper is handed out once, in order."""
    papers = [(str(number), None, "") for number in range(count)]
    chunks = list(_chunks(papers, processes))
    assert [paper for chunk in chunks for paper in chunk] == papers
    sizes = [len(chunk) for chunk in chunks]
    most = sizes.index(max(sizes, default=0)) if sizes else 0
    assert sizes[:most] == sorted(sizes[:most]), "also at first, so that a build that is soon stopped keeps something"
    assert sizes[most:] == sorted(sizes[most:], reverse=True)
    assert all(size == 1 for size in [*sizes[:processes], *sizes[-2 * processes :]])
    assert max(sizes, default=0) == (_CHUNK if count == 1000 else max(sizes, default=0))
