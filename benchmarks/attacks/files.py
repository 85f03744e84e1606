"""Files that hang readers, blow up or are damaged."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

from attacks.arena import BUILD, Arena, Losses, in_a_line
from attacks.damage import flip


def files(arena: Arena) -> Losses:
    """Files that hang readers, blow up, or are damaged, and folders of them: an end, and lines."""
    folder = arena.fresh("hostile")
    folder.mkdir()
    make_hostile(folder, arena.chance)
    for path in sorted(folder.iterdir()):
        for command in (["extract", path, "--extractor", "patterns"], ["build", path, *BUILD, arena.fresh("h")]):
            try:
                problem = in_a_line(arena.run(*command, timeout=120))
            except subprocess.TimeoutExpired:
                problem = "does not end"
            yield f"{path.name}: {problem}" if problem else None


def make_hostile(folder: Path, chance: random.Random) -> None:
    """Write the files."""
    import bz2
    import gzip
    import lzma

    line = json.dumps({"title": "A title of words", "abstract": "We propose GateNet, which reaches 91.2% on SQuAD."})
    lines = (line + "\n").encode() * 500
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><summary>{}</summary></entry></feed>'
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "tty.txt").symlink_to("/dev/tty")
    (folder / "inner").mkdir()
    os.mkfifo(folder / "inner" / "pipe.jsonl")
    for suffix, pack in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        packed = pack(lines)
        (folder / f"cut.jsonl.{suffix}").write_bytes(packed[:-9])
        (folder / f"more.jsonl.{suffix}").write_bytes(packed + b"more")
        (folder / f"flipped.jsonl.{suffix}").write_bytes(packed)
        flip(folder / f"flipped.jsonl.{suffix}", chance)
        (folder / f"bomb.jsonl.{suffix}").write_bytes(pack(pack(bytes(50_000_000))))
    for name in ("rot13", "zlib_codec", "idna", "hex", "undefined", "utf-16", "utf-7", "x" * 500):
        text = f'<?xml version="1.0" encoding="{name}"?>' + atom.format("We propose GateNet for parsing.")
        (folder / f"encoding-{name[:20]}.xml").write_text(text)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    texts = {
        "deep.xml": atom.format("<a>" * 200_000 + "</a>" * 200_000),
        "laughs.xml": f'<!DOCTYPE feed [<!ENTITY a0 "ha">{entities}]>' + atom.format("&a9;"),
        "outside.xml": '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + atom.format("&a; We propose."),
        "deep.json": "[" * 200_000,
        "long.jsonl": json.dumps({"abstract": "We propose " + "very " * 500_000 + "GateNet."}),
        "ampersands.jsonl": json.dumps({"abstract": "We propose " + "&" * 20_000 + " GateNet."}),
        "name.jsonl": json.dumps({"abstract": "We propose " + "G" * 1_000_000 + " for parsing."}),
        "wide.csv": ",".join(["abstract"] * 100_000) + "\n" + "x," * 100_000,
        "nul.bib": "@article{a, title={T\0 one}, abstract={We propose\0 GateNet.}}\n" * 3,
        "braces.bib": "@article{" + "{" * 100_000,
        "yaml.yaml": "b0: &b0 [x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 200)),
        "null.json": "null", "nan.json": '{"abstract": NaN}', "space.txt": " \n" * 100_000,
        "surrogate.json": '{"title": "\\ud800", "abstract": "We \\udfff propose GateNet for parsing."}',
        "record.jsonl": json.dumps({"id": "1", "abstract": "x", "mentions": [], "entities": [{"name": ["x"]}]}),
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "noise.txt").write_bytes(chance.randbytes(100_000))
    (folder / "noise.parquet").write_bytes(b"PAR1" + chance.randbytes(10_000) + b"PAR1")
