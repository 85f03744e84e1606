"""The pipelines: their order, their version, and what patterns add to a model."""

from pathlib import Path

import pytest

from extractors import pipeline
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
    problems = build_nlp(neural=False).analyze_pipes()["problems"]
    assert {name: missing for name, missing in problems.items() if missing} == {}


def test_a_version_follows_code_data_and_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "extractors"
    (package / "data").mkdir(parents=True)
    (package / "model").mkdir()
    for name in ("code.py", "data/words.txt", "model/weights.onnx"):
        (package / name).write_text("one")
    monkeypatch.setattr(pipeline, "PACKAGE", package)
    monkeypatch.setattr(pipeline, "MODEL", package / "model")
    seen = {fingerprint(neural=True)}
    for name in ("code.py", "data/words.txt", "model/weights.onnx"):
        (package / name).write_text("two")
        seen.add(fingerprint(neural=True))
    assert len(seen) == 4
    without = fingerprint(neural=False)
    (package / "model/weights.onnx").write_text("three")
    assert fingerprint(neural=False) == without


def test_the_version_is_the_same_each_time_and_names_the_package() -> None:
    one, other = SpacyExtractor("patterns", neural=False), SpacyExtractor("patterns", neural=False)
    assert one.version == other.version
    assert one.version.startswith(pipeline._package_version("abstractkg") + "+")
