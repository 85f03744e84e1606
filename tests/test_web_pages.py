"""What pages show: addresses, cards, leaderboards, papers, search, questions and reports, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup
from small_graph import graph
from web_index import SCRIPT, hostile, opened

from kg.errors import KGError
from kg.querying import saved
from kg.web import (
    addresses,
    charts,
    concepts,
    leaderboards,
    marking,
    overview,
    papers,
    questions,
    report_files,
    reports,
    tables,
)
from kg.web.index import Index

DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
"""Names that no file of Windows can have, whatever their ending."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with opened(graph(), tmp_path_factory.mktemp("store")) as found:
        yield found


@given(st.lists(st.text(min_size=1), unique=True, max_size=20))
@example(["con", "CON", "Con", "con.", "con ", "aux.v2", "nul", "com1", "lpt9", "prn", "a.", "a", "A", "x" * 300])
def test_every_id_has_its_own_address_that_is_safe_as_a_file_name(names: list[str]) -> None:
    made = [addresses.slug(name) for name in names]
    assert len(set(made)) == len(names)
    for slug in made:
        assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-")
        assert slug[0] not in ".-"
        assert slug.partition(".")[0] not in DEVICES
        assert len(slug) <= 80


def test_an_address_leads_back_to_the_root() -> None:
    assert addresses.to_root("index.html") == ""
    assert addresses.to_root(addresses.of_node("method:bert")) == "../"


def test_a_card_groups_claims_and_counts_papers(index: Index) -> None:
    card = concepts.card(index, "method:bert")
    assert card.concept.name == "BERT"
    assert card.aliases == ("Bert", "bidirectional encoder representations from transformers")
    found = {group.heading: [c.object.name if c.subject.name == "BERT" else c.subject.name for c in group.claims]
             for group in card.groups}  # fmt: skip
    assert found["outperforms"] == ["BiDAF", "DistilBERT"]
    assert set(found["outperformed by"]) == {"RoBERTa", "XLNet"}
    assert set(found["built on it"]) == {"RoBERTa", "ALBERT", "DistilBERT"}
    assert [(y.year, y.papers) for y in card.years] == [(2018, 1), (2019, 3), (2020, 1)]
    assert [said.sentence for said in card.introduced] == ["We propose BERT."]
    assert card.results_total == 2


def test_the_best_of_a_board_is_the_first_row_of_its_leaderboard(index: Index) -> None:
    boards = leaderboards.all_boards(index)
    assert {(b.dataset.name, b.metric.name) for b in boards} == {
        ("SQuAD", "F1"), ("SQuAD", "exact match"), ("CIFAR-10", "accuracy"), ("ImageNet", "error rate")
    }  # fmt: skip
    for board in boards:
        rankings = leaderboards.of_dataset(index, board.dataset.id).rankings
        first = next(r for r in rankings if r.metric == board.metric).results[0]
        assert board.best == first


def test_where_lower_is_better_the_lowest_comes_first_and_records_go_down(index: Index) -> None:
    (ranking,) = leaderboards.of_dataset(index, "dataset:imagenet").rankings
    assert [r.number for r in ranking.results] == [12.6, 15.7, 21.4]
    by_id = {r.id: r.number for r in ranking.results}
    assert [by_id[i] for i in ranking.records if i in by_id] == [21.4, 15.7, 12.6]


def test_a_task_has_the_boards_of_its_benchmarks(index: Index) -> None:
    found = leaderboards.of_concept(index, "task:image-classification")
    assert {b.dataset.name for b in found} == {"ImageNet", "CIFAR-10"}
    assert leaderboards.of_concept(index, "method:bert") == ()


def test_progress_is_drawn_for_results_of_several_years(index: Index) -> None:
    found = leaderboards.of_dataset(index, "dataset:squad").rankings
    drawn = {r.metric.name: charts.progress(r, "progress") for r in found}
    assert drawn["exact match"] is None
    chart = drawn["F1"]
    assert chart is not None
    assert [tick.text for tick in chart.years] == ["2016", "2017", "2018", "2019"]
    assert sorted(p.label for p in chart.points if p.label) == ["BERT", "BiDAF", "XLNet"]
    assert all(chart.left <= p.x <= chart.right and p.y <= chart.bottom for p in chart.points)


@pytest.mark.parametrize("numbers", [(1e20,), (90.0, 1e300), (0.0, 5e-324), (1e11, 1e11)])
def test_numbers_that_no_scale_has_room_for_are_no_failure(numbers: tuple[float, ...], index: Index) -> None:
    ranking = next(r for r in leaderboards.of_dataset(index, "dataset:squad").rankings if r.metric.name == "F1")
    results = [replace(r, number=numbers[n % len(numbers)]) for n, r in enumerate(ranking.results)]
    chart = charts.progress(replace(ranking, results=tuple(results)), "odd")
    if min(numbers) > 1e12:
        assert chart is None
    else:
        assert chart is not None
        assert all(0 <= p.y <= chart.height for p in chart.points)


@pytest.mark.parametrize("make", [graph, hostile])
def test_the_pieces_of_a_paper_are_its_text(make: object, tmp_path: Path) -> None:
    assert callable(make)
    with opened(make(), tmp_path) as index:
        for node in index.of_kind("Paper"):
            page = papers.page(index, node.id)
            assert "".join(piece.text for piece in page.abstract) == node.properties["abstract"]
            assert [one.number for one in page.said] == list(range(1, len(page.said) + 1))


def test_what_was_read_in_a_paper_stands_under_its_sentence(index: Index) -> None:
    said = {one.sentence: one for one in papers.page(index, "arxiv:0003.00003").said}
    assert [c.object.name for c in said["BERT beats BiDAF on SQuAD."].claims] == ["BiDAF"]
    assert [c.name for c in said["We propose BERT."].introduces] == ["BERT"]
    assert [r.value for r in said["bert has 93.2."].results] == ["93.2"]


def test_search_finds_forms_titles_authors_and_identifiers(index: Index) -> None:
    hits = overview.search(index, "bert")
    assert [h.name for h in hits][:1] == ["BERT"]
    assert {"ALBERT", "DistilBERT", "RoBERTa"} <= {h.name for h in hits}
    assert overview.search(index, "vision transf")[0].other == "Vision Transformer"
    assert overview.search(index, "residual networks")[0].name == "ResNet"  # by its key
    assert overview.search(index, "Images as")[0].kind == "Paper"
    assert overview.search(index, "ada lov")[0].other == "Ada Lovelace"
    assert overview.search(index, "lovelace2016")[0].other == "lovelace2016reading"
    assert overview.search(index, "0007.00007")[0].name == "Images as words"
    assert overview.search(index, "  ") == ()
    assert {h.kind for h in overview.search(index, "a", ("Dataset",))} == {"Dataset"}


def test_a_question_asks_for_the_name_that_it_needs(index: Index) -> None:
    form = questions.question(index, saved.find("beaten-by"))
    method, limit = form.parameters
    assert (method.needed, method.default) == (True, "")
    assert method.example == "BERT"
    assert (limit.needed, limit.default) == (False, "100")
    assert questions.missing(form, {"method": " "}) == ("method",)
    assert questions.missing(form, {"method": "BERT"}) == ()


def test_every_question_is_answered_with_the_example_of_its_form(index: Index) -> None:
    for query in saved.load_all().values():
        form = questions.question(index, query)
        given = {p.name: p.example if p.needed else p.default for p in form.parameters}
        rows = questions.answer(index, query, given)
        shown = tables.shown(index, rows, questions.named(index, query, given))
        assert len(shown.rows) == len(rows.rows)
        charts.of_table(index, rows, form.title)


def test_a_table_links_names_and_hides_ids_and_puts_the_sentence_under_its_row(index: Index) -> None:
    rows = questions.answer(index, saved.find("beaten-by"), {"method": "BERT"})
    shown = tables.shown(index, rows)
    headings = [name for name, _ in shown.headings]
    assert "id" not in headings
    assert "sentence" not in headings
    cells = {c.text: c.address for c in shown.rows[0].cells}
    assert cells["RoBERTa"] == "method/roberta.html"
    assert cells["Encoders trained longer"] == "paper/arxiv-0004.00004.html"
    assert shown.rows[0].sentence == "RoBERTa is better than BERT."


def test_a_question_in_plain_words_says_what_was_run(index: Index) -> None:
    answer = questions.ask(index, "what beats BERT?")
    assert (answer.asked.question, answer.asked.parameters) == ("beaten-by", {"method": "BERT"})
    assert len(answer.rows.rows) == 2
    with pytest.raises(KGError, match="XYZNet9"):
        questions.ask(index, "what beats XYZNet9?")


def test_names_are_marked_and_everything_else_is_text(tmp_path: Path) -> None:
    with opened(hostile(), tmp_path) as index:
        wanted = [n.id for n in index.of_kind("Method")]
        assert marking.marked(index, f"{SCRIPT} beats Plain & <b>", wanted) == Markup(
            '<mark class="method">&lt;script&gt;document.title=&#39;run&#39;&lt;/script&gt;</mark> beats '
            '<mark class="method">Plain</mark> &amp; &lt;b&gt;'
        )
        assert "<mark" not in marking.marked(index, "Plainly", wanted)


def test_an_end_of_a_claim_that_its_sentence_does_not_name_is_told(index: Index) -> None:
    ends = ["method:bert", "dataset:squad"]
    assert marking.unnamed(index, "BERTs beat it on SQuAD.", ends) == []
    assert marking.unnamed(index, "We beat it on SQuAD and SuperBERTs.", ends) == ["BERT"]
    assert marking.unnamed(index, "We beat it.", ["nothing", *ends]) == ["BERT", "SQuAD"]


def test_a_report_has_each_line_with_its_sentence(index: Index) -> None:
    found = reports.report(index, "task:question-answering")
    assert [s.title for s in found.sections][:1] == ["Main methods"]
    methods = {line.concept.name: line for line in found.sections[0].lines}
    assert methods["BERT"].evidence.sentence == "BERT answers questions."
    assert [c.subject.name for c in found.wins]
    assert [r.paper.title for r in found.reading]
    assert {r.number for r in found.results} == {93.2}
    for section in found.sections:
        assert all(line.evidence.sentence for line in section.lines)


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_a_report_can_be_written_on_every_concept(index: Index, format: str) -> None:
    for kind in ("Method", "Task", "Dataset", "Metric"):
        for node in index.of_kind(kind):
            text = report_files.render(index, node.id, format)
            assert index.concept(node.id).name.replace('"', "")[:4] in text.replace("&#34;", "").replace("&#39;", "'")


def test_a_report_on_an_unknown_topic_or_in_an_unknown_format_says_so(index: Index) -> None:
    with pytest.raises(KGError, match=r"unknown concept 'BRET'; did you mean 'BERT'"):
        report_files.render(index, "BRET", "html")
    with pytest.raises(KGError, match="unknown format 'pdf'; there are markdown, html"):
        report_files.render(index, "BERT", "pdf")


def test_markdown_of_a_report_holds_no_markup_of_papers(tmp_path: Path) -> None:
    with opened(hostile(), tmp_path) as index:
        text = report_files.render(index, "Plain", "markdown")
        assert "\\<script\\>" in text
        assert "<script" not in text.replace("\\<script", "")
