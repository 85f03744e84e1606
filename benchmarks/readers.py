"""Peak memory and speed of reading a large JSON-lines file, made by repeating a small one.

usage: python benchmarks/readers.py SOURCE.jsonl[.gz] [--size MB] [--folder DIR] [--packed]

SOURCE is any file of JSON lines, for instance a collection of some ten thousand abstracts.
It is repeated until the large file has SIZE megabytes (1000 unless told), in DIR (the
system's folder for temporary files unless told), and taken away afterwards. A child
process reads it, so that the peak is that of the reading alone.
"""

from __future__ import annotations

import argparse
import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

CHILD = """
import resource, sys, time
from pathlib import Path
from kg.errors import Report
from kg.readers import read_papers

def peak():
    status = Path("/proc/self/status")  # there the peak is of this program alone, not of what started it
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2

report, begun, steps = Report(), time.perf_counter(), []
before = early = peak()
for number, paper in enumerate(read_papers(sys.argv[1:], report, progress=lambda *step: steps.append(step)), 1):
    if number == 10_000:
        early = peak()
usage = resource.getrusage(resource.RUSAGE_SELF)
print(f"papers read         {report.counts['read']}, problems {len(report.problems)}")
print(f"wall, processor     {time.perf_counter() - begun:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s")
print(f"peak before reading {before:.0f} MB")
print(f"peak after 10,000   {early:.0f} MB")
print(f"peak at the end     {peak():.0f} MB")
print(f"progress            {len(steps)} steps, the last {steps[-1][0]} of {steps[-1][1]} bytes")
"""


def enlarged(source: Path, target: Path, size: int, packed: bool) -> int:
    """Repeat the lines of ``source`` in ``target`` up to ``size`` bytes before packing; the bytes written."""
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rb") as file:
        block = file.read()
    written = 0
    with gzip.open(target, "wb", compresslevel=1) if packed else target.open("wb") as out:
        while written < size:
            part = block if written + len(block) <= size else block[: block.rfind(b"\n", 0, size - written) + 1]
            if not part:
                break
            written += out.write(part)
    return written


def main() -> int:
    """Make the file, read it in a child process, print what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--size", type=int, default=1000, metavar="MB")
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--packed", action="store_true", help="gzip the large file")
    options = parser.parse_args()
    if not options.source.is_file():
        print(f"{options.source}: no such file; give a file of JSON lines to repeat", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        target = Path(folder, "large.jsonl.gz" if options.packed else "large.jsonl")
        written = enlarged(options.source, target, options.size * 1_000_000, options.packed)
        print(f"file                {written / 1e6:.0f} MB of JSON lines, {target.stat().st_size / 1e6:.0f} MB on disk")
        done = subprocess.run([sys.executable, "-c", CHILD, str(target)], capture_output=True, text=True, check=False)
    print(done.stdout, end="")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    wall, processor = (float(part.strip(" ,")) for part in done.stdout.split("processor")[1].split(" s")[:2])
    print(f"speed              {written / 1e6 / wall:.1f} MB/s, by processor time {written / 1e6 / processor:.1f} MB/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
