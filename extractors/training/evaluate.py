"""Step 6: records of the held-out abstracts, ready for ``score.py``, and how long they took.

Runs the whole pipeline or, with ``--alone``, the model's components only.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from extractors.document.fields import make_doc
from extractors.document.to_record import to_record
from extractors.neural import MODEL
from extractors.pipeline import component_config, component_names
from extractors.training.examples import is_dev, read_examples, read_jsonl

ALONE: Final = ("sentences", "abbreviations", "neural_entities", "linker", "neural_relations", "claims")
PIPELINES: Final = ("alone", "patterns", "both")


def build(which: str, model: Path | None, checked: bool = True) -> Language:
    """One of the pipelines: the model's components alone, the patterns alone, or what the package ships.

    Without ``checked``, relations are left as their sources give them.
    """
    import spacy

    import extractors.components
    import extractors.neural.model  # noqa: F401  registers the factories

    nlp = spacy.blank("en")
    names = [f"abstractkg_{name}" for name in ALONE] if which == "alone" else component_names(which == "both")
    if not checked:
        names = names[: names.index("abstractkg_claims")]
    for name in names:
        nlp.add_pipe(name, config={} if which == "patterns" else component_config(name, model or MODEL))
    return nlp


def papers(args: argparse.Namespace) -> Iterator[tuple[str, str | None, str]]:
    """Id, title and abstract of the abstracts to extract."""
    if args.papers:
        for row in read_jsonl(args.papers):
            if args.all or is_dev(row["abstract"]):
                yield row["id"], row.get("title"), row["abstract"]
        return
    for e in read_examples(args.data / "papers.jsonl"):
        if e.dev or args.all:
            yield e.id, e.text[: e.title_end - 1] if e.title_end else None, e.text[e.title_end :]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, help="folder that the prepare step wrote")
    source.add_argument("--papers", type=Path, help="JSON lines with id, title and abstract")
    parser.add_argument("--all", action="store_true", help="not only the held-out ones")
    parser.add_argument("--model", type=Path, help="folder of the model, by default the one in the package")
    parser.add_argument("--pipeline", choices=PIPELINES, default="both")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    nlp = build(args.pipeline, args.model)
    rows: list[dict[str, Any]] = []
    chosen = list(papers(args))
    nlp(make_doc(nlp, "A first text", "loads the model."))
    began, cpu = time.perf_counter(), time.process_time()
    for key, title, abstract in chosen:
        rows.append(to_record(nlp(make_doc(nlp, title, abstract)), key, args.pipeline).to_json())
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    with args.out.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{len(rows)} abstracts, {len(rows) / wall:.1f} a second, {len(rows) / cpu:.1f} a second of processor time")


if __name__ == "__main__":
    main()
