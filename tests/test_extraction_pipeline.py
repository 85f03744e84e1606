"""The pipelines: their order, their version, and what patterns add to a model."""

import importlib
import pkgutil
import time
from pathlib import Path

import pytest

from extractors import names, pipeline
from extractors.document.fields import make_doc, text_of
from extractors.document.sentences import spans_of
from extractors.document.tokenizer import LinearTokenizer
from extractors.names.keys import name_key
from extractors.names.remembered import REMEMBERED, forget
from extractors.pipeline import BESIDE_THE_MODEL, SpacyExtractor, build_nlp, component_names, fingerprint


def test_the_model_reads_before_the_patterns() -> None:
    names = component_names(neural=True)
    assert names.index("abstractkg_neural_entities") < names.index("abstractkg_pattern_entities")
    assert names.index("abstractkg_linker") < names.index("abstractkg_neural_relations")
    assert names.index("abstractkg_neural_relations") < names.index("abstractkg_pattern_relations")
    assert not any("neural" in name for name in component_names(neural=False))
    assert set(BESIDE_THE_MODEL) <= set(names)


def test_each_component_works_alone_in_anyones_pipeline() -> None:
    for name in component_names(neural=False):
        nlp = build_nlp(neural=False)
        doc = nlp.make_doc("BERT works.")
        if name in ("abstractkg_pattern_introduced", "abstractkg_pattern_relations", "abstractkg_results"):
            doc = nlp.get_pipe("abstractkg_sentences")(doc)
        assert nlp.get_pipe(name)(doc).text == "BERT works."


def test_requirements_of_the_pipeline_are_met() -> None:
    analysis = build_nlp(neural=False).analyze_pipes()
    assert analysis is not None
    problems = analysis["problems"]
    assert {name: missing for name, missing in problems.items() if missing} == {}


def test_a_version_follows_data_model_and_declared_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "extractors"
    names = ("data/names/words.txt", "model/weights.onnx", "entities/code.py", "model/MODEL_CARD.md")
    for name in names:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("one")
    monkeypatch.setattr(pipeline, "PACKAGE", package)
    monkeypatch.setattr(pipeline, "MODEL", package / "model")
    versions = [(fingerprint(neural=True), fingerprint(neural=False))]
    for name in names:
        (package / name).write_text("two")
        versions.append((fingerprint(neural=True), fingerprint(neural=False)))
    monkeypatch.setattr(pipeline, "REVISION", pipeline.REVISION + 1)
    versions.append((fingerprint(neural=True), fingerprint(neural=False)))
    start, data, model, code, card, revision = versions
    assert data[0] != start[0]
    assert data[1] != start[1]
    assert model[0] != data[0]
    assert model[1] == data[1], "without the model its weights do not matter"
    assert code == card == model, "a mended docstring or model card extracts nothing again"
    assert revision[0] != card[0]
    assert revision[1] != card[1]


def test_the_version_is_the_same_each_time_and_names_the_package() -> None:
    one, other = SpacyExtractor("patterns", neural=False), SpacyExtractor("patterns", neural=False)
    assert one.version == other.version
    assert one.version.startswith(pipeline._package_version("abstractkg") + "+")


@pytest.mark.parametrize("text", ["BERT ", "deep learning "])
def test_a_longer_text_costs_in_proportion(text: str) -> None:
    """Even one sentence of names: eight times the length takes less than half the 64-fold of a cost in its square."""

    def cost(length: int) -> float:
        started = time.process_time()
        extractor.extract("1", None, (text * length)[:length])
        return time.process_time() - started

    extractor = SpacyExtractor("patterns", neural=False)
    cost(100)  # loads what there is to load
    assert min(cost(40_000) for _ in range(2)) < 32 * min(cost(5_000) for _ in range(2))


def test_a_pipeline_cuts_words_in_time_proportional_to_the_text() -> None:
    """spaCy's own tokenizer, which does not, is not even made."""
    assert isinstance(build_nlp(neural=False).tokenizer, LinearTokenizer)


def test_a_document_is_put_together_and_cut_once() -> None:
    """Every component asks for text and sentences, and walking all tokens each time would take longer than they do."""
    nlp = build_nlp(neural=False)
    doc = nlp.get_pipe("abstractkg_sentences")(make_doc(nlp, "A title", "We train BERT. It works."))
    assert text_of(doc) is text_of(doc)
    assert text_of(doc) == doc.text
    assert spans_of(doc) is spans_of(doc)
    assert [text_of(doc)[start:end] for start, end in spans_of(doc)] == ["A title", "We train BERT.", "It works."]


def test_a_long_run_forgets_the_names_it_has_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that memory does not grow with every paper; the record is the same."""
    monkeypatch.setattr(pipeline, "FORGETTING", 3)
    forget()
    extractor = SpacyExtractor("patterns", neural=False)
    first = [extractor.extract("1", None, f"We train BERT{n} on SQuAD{n}.") for n in range(2)]
    many = name_key.cache_info().currsize
    assert extractor.extract("1", None, "We train BERT0 on SQuAD0.") == first[0]
    assert name_key.cache_info().currsize < many


def test_every_function_that_remembers_names_can_forget_them() -> None:
    """But for tables, which are read once and do not grow."""
    modules = [importlib.import_module(f"extractors.names.{m.name}") for m in pkgutil.iter_modules(names.__path__)]
    remembering = {
        value
        for module in modules
        for value in vars(module).values()
        if hasattr(value, "cache_info") and value.cache_info().maxsize is not None
    }
    assert remembering == set(REMEMBERED)
