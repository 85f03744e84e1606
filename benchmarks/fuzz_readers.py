"""Feed the readers damaged files, and see that none ends in a traceback or in silence.

usage: python benchmarks/fuzz_readers.py [COUNT] [SEED]

Each case is one of the samples in tests/data/readers (some of them compressed or as
Parquet), changed at random, or plain random bytes, under the name of a sample. Every case
must give papers that can be written as UTF-8, or entries without an abstract, or a problem
that names the file. Exit status 1 where one does not; the case is then kept.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from pathlib import Path

from kg.errors import Report
from kg.papers import Paper
from kg.readers import read_papers

SAMPLES = Path(__file__).parents[1] / "tests" / "data" / "readers"
SCRAPS = (
    b"{", b"}", b'"', b"<", b">", b"&", b"[", b"]", b"\\", b"\n", b"\r\n", b"\r", b"\x00", b"@", b"$",
    b"\xff\xfe", b"\xef\xbb\xbf", b'<!ENTITY a "b">', b"&#x110000;", b"&#xd800;", b"\\u0000", b"\\ud800", b"1e999",
    b"NaN", b"-" * 40, b"null", b"[]", b"{}",
    b"0" * 5000, b"[" * 3000,
    b"<a>" * 500, b"\x1f\x8b", b"BZh9", b"PK\x03\x04", b"PAR1", b"(cid:173) ", b"$\\frac{", b"TY  - ",
)  # fmt: skip


def samples() -> dict[str, bytes]:
    """The files to start from, by name."""
    found = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.is_file()}
    lines = found["papers.jsonl"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("papers.jsonl", lines)
        packed.writestr("references.bib", found["references.bib"])
    found |= {
        "p.jsonl.gz": gzip.compress(lines), "p.jsonl.bz2": bz2.compress(lines), "p.jsonl.xz": lzma.compress(lines),
        "p.zip": archive.getvalue(), "p.parquet": _parquet(), "p.jsonl.zst": _zstd(lines),
    }  # fmt: skip
    return found


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table({"title": ["A title", None], "abstract": ["We measure.", "We prove."]}), sink)
    return sink.getvalue()


def _zstd(data: bytes) -> bytes:
    import pyarrow as pa

    return pa.compress(data, codec="zstd", asbytes=True)


def mutated(data: bytes, donors: list[bytes], rng: random.Random) -> bytes:
    """``data`` with one to twenty random changes: bytes flipped, cut, doubled, put in, taken from other files."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not changed:
            break
        start = rng.randrange(len(changed))
        end = min(len(changed), start + rng.choice((1, 2, 8, 64, 300)))
        kind = rng.randrange(7)
        if kind == 0:
            changed[start] = rng.randrange(256)
        elif kind == 1:
            del changed[start:end]
        elif kind == 2:
            changed[start:start] = rng.randbytes(rng.choice((1, 4, 30)))
        elif kind == 3:
            changed[start:start] = changed[start:end] * rng.choice((1, 3, 50))
        elif kind == 4:
            del changed[start:]
        elif kind == 5:
            changed[start:start] = rng.choice(SCRAPS)
        else:
            donor = rng.choice(donors)
            place = rng.randrange(len(donor))
            changed[start:start] = donor[place : place + 200]
    return bytes(changed)


def check(path: Path) -> None:
    """Read one file; an exception or a silent outcome is a failure."""
    report = Report()
    for paper in read_papers([path], report):
        assert paper.abstract, "a paper without an abstract"
        for text in _texts(paper):
            text.encode()
    outcome = report.counts["read"] + report.counts["no abstract"] + len(report.problems)
    assert outcome, "neither papers nor a problem"
    told = (*report.problems, *report.notes)
    assert all(path.name in problem.file for problem in told), "a problem that does not name the file"


def _texts(paper: Paper) -> list[str]:
    ids = (paper.url, paper.doi, paper.arxiv, paper.anthology, paper.local_id)
    return [text for text in (paper.abstract, paper.title, paper.venue, *ids, *paper.authors, *paper.source) if text]


def main() -> int:
    """Run the cases; print how many, how long, and each failure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    rng = random.Random(seed)
    found = samples()
    failures, slowest, begun = 0, (0.0, ""), time.perf_counter()
    warnings.simplefilter("error")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            name, data = rng.choice(list(found.items()))
            path = Path(folder, name)
            path.write_bytes(mutated(data, list(found.values()), rng) if rng.random() < 0.9 else rng.randbytes(600))
            start = time.process_time()
            try:
                check(path)
            except Exception:  # any exception at all is what is looked for
                failures += 1
                traceback.print_exc()
                kept = Path(tempfile.gettempdir(), f"fuzz-{seed}-{number}-{name}")
                kept.write_bytes(path.read_bytes())
                print("kept as", kept, file=sys.stderr)
            spent = time.process_time() - start
            if spent > 1:
                Path(tempfile.gettempdir(), f"slow-{seed}-{number}-{name}").write_bytes(path.read_bytes())
            slowest = max(slowest, (spent, name))
    spent = time.perf_counter() - begun
    print(f"{count} cases, seed {seed}: {failures} failures; {spent:.1f} s, slowest {slowest[0]:.2f} s ({slowest[1]})")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
