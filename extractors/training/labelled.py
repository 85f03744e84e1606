"""Texts with soft labels as a file: the scratch of a training, as plain arrays and JSON, which run no code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from extractors.training.batches import Prepared

Arrays = Mapping[str, NDArray[Any]]
_SHAPE: Final = ".shape"
_TEXTS: Final = "texts"


def pack(path: Path, items: Sequence[tuple[Any, Arrays]]) -> None:
    """Write items, each a JSON value and arrays of the same names, types and numbers of dimensions in all of them."""
    lines = "\n".join(json.dumps(value, ensure_ascii=False) for value, _ in items)
    columns: dict[str, NDArray[Any]] = {_TEXTS: np.frombuffer(lines.encode(), np.uint8)}
    for name in items[0][1] if items else ():
        arrays = [found[name] for _, found in items]
        columns[name] = np.concatenate([array.ravel() for array in arrays])
        columns[name + _SHAPE] = np.array([array.shape for array in arrays], np.int64)
    with path.open("wb") as out:
        np.savez(out, **columns)  # type: ignore[arg-type]  # numpy's types take the names for its own options


def unpack(path: Path) -> Iterator[tuple[Any, dict[str, NDArray[Any]]]]:
    """What `pack` wrote. `ValueError` where an array would need code to be run."""
    with np.load(path, allow_pickle=False) as columns:
        known = {name: columns[name] for name in columns.files}
    lines = known.pop(_TEXTS).tobytes().decode()
    names = [name for name in known if not name.endswith(_SHAPE)]
    begin = dict.fromkeys(names, 0)
    for number, line in enumerate(lines.split("\n") if lines else ()):
        found = {}
        for name in names:
            shape = known[name + _SHAPE][number]
            end = begin[name] + int(np.prod(shape))
            found[name] = known[name][begin[name] : end].reshape(shape)
            begin[name] = end
        yield json.loads(line), found


def write_labelled(path: Path, items: Sequence[Prepared]) -> None:
    """Write texts that have soft labels."""
    rows = []
    for item in items:
        assert item.soft is not None
        value = {"example": asdict(item.example), "entities": item.entities, "concept": item.concept}
        parts = (("pieces", item.pieces), ("soft", item.soft))
        arrays = {f"{part}.{field.name}": getattr(of, field.name) for part, of in parts for field in fields(of)}
        rows.append((value, {**arrays, "allowed": item.allowed, "gold": item.gold}))
    pack(path, rows)


def read_labelled(path: Path) -> list[Prepared]:
    """What `write_labelled` wrote."""
    from extractors.neural.features import Pieces
    from extractors.training.batches import Prepared, Soft
    from extractors.training.examples import example_of

    found = []
    for value, arrays in unpack(path):
        pieces, soft = (
            {name.partition(".")[2]: array for name, array in arrays.items() if name.startswith(part)}
            for part in ("pieces.", "soft.")
        )
        entities = [(kind, [(a, b) for a, b in spans]) for kind, spans in value["entities"]]
        example = example_of(value["example"])
        made = Prepared(example, Pieces(**pieces), arrays["allowed"], arrays["gold"], entities, value["concept"])
        made.soft = Soft(**soft)
        found.append(made)
    return found
