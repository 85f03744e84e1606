"""The weights of clues to results: what annotations ask, and that fitting learns the answers."""

from pathlib import Path

from extractors.results.scoring import fitted_weights, score
from extractors.training.result_weights import Question, fit, questions, write_weights

ROW = {
    "id": "own-1",
    "title": "PegNet",
    "abstract": "We propose PegNet. PegNet reaches 81.2% accuracy on PegSet, with 12 layers.",
    "entities": [
        {"name": "PegNet", "type": "Method", "mentions": ["PegNet"], "introduced": True},
        {"name": "accuracy", "type": "Metric", "mentions": ["accuracy"], "introduced": False},
        {"name": "PegSet", "type": "Dataset", "mentions": ["PegSet"], "introduced": False},
    ],
    "relations": [],
    "results": [
        {
            "method": "PegNet", "metric": "accuracy", "dataset": "PegSet", "task": None, "baseline": None,
            "value": "81.2%", "comparison": "absolute", "text": "PegNet reaches 81.2% accuracy on PegSet",
        }
    ],
    "topics": ["PegNet"],
}  # fmt: skip


def test_an_annotation_asks_of_each_number_whether_and_of_each_result_what() -> None:
    asked = list(questions(ROW))
    yes_or_no = [question.right for question in asked if question.answers[0][0] == "result"]
    assert yes_or_no == [frozenset({0}), frozenset({1})]  # 81.2% is one, 12 is none
    assert {name for question in asked for name, _ in question.answers} >= {"metric", "method", "dataset", "absolute"}


def test_fitting_makes_the_right_answer_the_likelier_one(tmp_path: Path) -> None:
    asked = [
        Question([("result", ["always", "decimal"]), ("", [])], frozenset({0})),
        Question([("result", ["always", "whole"]), ("", [])], frozenset({1})),
    ] * 20
    weights = fit(asked, epochs=5, rate=0.1, penalty=0.001, least=2)
    assert score(weights, "result", ["always", "decimal"]) > 0 > score(weights, "result", ["always", "whole"])
    assert write_weights(weights, tmp_path / "weights.tsv", least=0.1, writer="a test") >= 2


def test_the_shipped_weights_answer_every_question() -> None:
    asked = {"result", "absolute", "difference", "relative", "method", "metric", "dataset", "task", "baseline"}
    assert set(fitted_weights()) == asked
