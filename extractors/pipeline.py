"""The extractors of this package: spaCy pipelines of the components beside this module."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractors import checksums
from extractors.document.loading import load_spacy
from extractors.extractor import ExtractionError, Extractor, ModelError
from extractors.neural import MODEL, MODELS
from extractors.record import EntityType, Record
from extractors.text.language import foreign_language

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE: Final = Path(__file__).parent
CLAIMS: Final = "claims.json"
"""The file in a model's folder with what `extractors.relations.confidence` weighs by."""

OwnNames = tuple[tuple[str, EntityType], ...]
"""Names that a user adds, each with its type."""

REVISION: Final = 20
"""Raised with every change of the code that changes a record, so that stored records are extracted again.

A test compares the records of the examples with those of this revision, and fails until it is raised.
"""

LONGEST: Final = 50_000
"""Characters of title and abstract above which a text is refused: what a text costs can grow with its square."""

FORGETTING: Final = 2_000
"""Papers after which a process forgets the names it has met: it would need more memory with every paper."""

KEPT_WORDS: Final = 20_000
"""Words in spaCy's vocabulary from which on those of a paper are forgotten with it."""

BESIDE_THE_MODEL: Final[dict[str, dict[str, Any]]] = {
    "abstractkg_pattern_entities": {"sources": ["known"]},
    "abstractkg_pattern_relations": {"implied": False},
}
"""What patterns add to a trained model."""


def has_model(folder: Path) -> bool:
    """Whether there is a trained model in a folder."""
    return (folder / "config.json").is_file() and (folder / "encoder.onnx").is_file()


def component_names(neural: bool) -> list[str]:
    """The factories of the pipeline, in order."""
    entities = ["abstractkg_pattern_entities"]
    relations = ["abstractkg_pattern_introduced", "abstractkg_pattern_relations"]
    if neural:
        entities.insert(0, "abstractkg_neural_entities")
        relations.insert(0, "abstractkg_neural_relations")
    return [
        "abstractkg_sentences",
        "abstractkg_abbreviations",
        *entities,
        "abstractkg_linker",
        *relations,
        "abstractkg_claims",
        "abstractkg_results",
        "abstractkg_topics",
    ]


def component_config(name: str, model: Path) -> dict[str, Any]:
    """The settings of a component of :func:`component_names` beside the model in a folder.

    A model without weights for claims of its own takes those of the default one.
    """
    if "neural" in name:
        return {"model": str(model)}
    if name == "abstractkg_claims":
        own = model / CLAIMS
        return {"weights": str(own if own.exists() else MODEL / CLAIMS)}
    return BESIDE_THE_MODEL.get(name, {})


def build_nlp(neural: bool, model: Path = MODEL, names: OwnNames = ()) -> Language:
    """A fresh spaCy pipeline; with ``neural``, the components of the trained model in a folder are in it.

    With ``names``, each is a concept of its type wherever it stands. Of a word's attributes only ``lower_`` is set.
    """
    load_spacy()
    import spacy
    from spacy.attrs import LOWER  # type: ignore[import-not-found]  # compiled, without types

    import extractors.components  # noqa: F401  registers the factories
    from extractors.document import tokenizer  # registers it

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": tokenizer.NAME}}})
    # 22 more would be worked out for each new word, and nothing reads them
    nlp.vocab.lex_attr_getters = {LOWER: str.lower}  # type: ignore[attr-defined]  # its types leave it out
    for name in component_names(neural):
        nlp.add_pipe(name, config=component_config(name, model) if neural else {})
    if names:
        nlp.add_pipe("abstractkg_own_names", before="abstractkg_linker", config={"names": [list(n) for n in names]})
    return nlp


class SpacyExtractor(Extractor):
    """Runs one of the pipelines. The pipeline is loaded when the first paper needs it."""

    def __init__(self, name: str, neural: bool, model: Path = MODEL, names: OwnNames = ()) -> None:
        self.name = name
        self.neural = neural
        self.model = model
        self.names = names
        self._extracted = 0

    def __reduce__(self) -> tuple[Any, ...]:
        return SpacyExtractor, (self.name, self.neural, self.model, self.names)

    def with_names(self, names: OwnNames) -> SpacyExtractor:
        """The same pipeline that takes every mention of these names as what they are said to be."""
        return SpacyExtractor(self.name, self.neural, self.model, names)

    @cached_property
    def version(self) -> str:
        """Package version and a fingerprint of everything that the records depend on."""
        own = hashlib.sha256(repr(self.names).encode()).hexdigest()[:6] if self.names else ""
        return f"{_package_version('abstractkg')}+{fingerprint(self.neural, self.model)}{own}"

    def check(self) -> None:
        """`ModelError` where the model is not the one whose digests lie beside it, or none at all."""
        if not self.neural:
            return
        shipped = self.model.parent == MODELS
        if shipped or (self.model / checksums.SUMS).exists():
            if problem := checksums.problem(self.model):
                hint = "; install abstractkg again" if shipped else ""
                raise ModelError(f"the model cannot be used: {problem}{hint}")
            return
        try:
            self.extract("", None, "We train BERT.")
        except ExtractionError as error:
            raise ModelError(f"the model in {self.model} cannot be used: {error.reason.splitlines()[0]}") from error

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline itself."""
        return build_nlp(self.neural, self.model, self.names)

    def extract(self, id: str, title: str | None, abstract: str) -> Record:
        """The record of one paper; without claims where its abstract is not in English."""
        load_spacy()
        from extractors.document.fields import make_doc
        from extractors.document.to_record import to_record
        from extractors.names.remembered import forget

        length = len(title or "") + len(abstract)
        if length > LONGEST:
            raise ExtractionError(
                id, f"{length:,} characters are no abstract; the longest that is read has {LONGEST:,}"
            )
        if foreign_language(abstract):
            return Record(id, title, abstract, f"{self.name} {self.version}", abbreviations=())
        nlp = self.nlp
        self._extracted += 1
        if self._extracted % FORGETTING == 0:
            forget()
        try:
            # Words of the first papers are kept, as most of them come again; later ones would be kept without end.
            with nlp.memory_zone() if len(nlp.vocab) >= KEPT_WORDS else nullcontext():
                doc = nlp(make_doc(nlp, title, abstract))
                return to_record(doc, id, f"{self.name} {self.version}")
        except Exception as error:
            raise ExtractionError(id, f"{type(error).__name__}: {error}") from error


def shipped(name: str) -> SpacyExtractor:
    """The extractor with the model of this name in this package."""
    return SpacyExtractor(name, neural=True, model=MODELS / name)


def fingerprint(neural: bool, model: Path | None = None) -> str:
    """Twelve hex digits over what decides the records: `REVISION`, data, model, and the libraries beneath."""
    digest = hashlib.sha256(f"revision {REVISION}\n".encode())
    libraries = ["spacy", "onnxruntime"] if neural else ["spacy"]
    for library in libraries:
        digest.update(f"{library} {_package_version(library)}\n".encode())
    folders = {"data": PACKAGE / "data", "names/data": PACKAGE / "names" / "data"}
    if neural:
        folders["model"] = model or MODEL
    for label, folder in folders.items():
        for path in checksums.files(folder):
            digest.update(f"{label}/{path.relative_to(folder).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _package_version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "0"  # run from a source tree that is not installed
