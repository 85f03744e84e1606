"""The memory that a command takes over time, with all its processes, sampled and drawn.

usage: python benchmarks/memory.py SAMPLES.txt PICTURE.svg -- kg build PAPERS --store STORE
       python benchmarks/memory.py SAMPLES.txt PICTURE.svg

Runs the command and writes a line for every second: time, resident memory of all processes and of the first one in
kilobytes, number of processes. Without a command, samples that are there are drawn.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import psutil

EVERY: Final = 1.0
"""Seconds between samples."""
WIDTH, HEIGHT, LEFT, BELOW, ABOVE = 720, 300, 60, 40, 20


def sample(command: list[str], samples: Path) -> int:
    """Run a command and write its memory; its exit status."""
    with samples.open("w", encoding="utf-8") as out, subprocess.Popen(command) as process:
        first = psutil.Process(process.pid)
        while process.poll() is None:
            found = [_resident(one) for one in (first, *_children(first))]
            print(int(time.time()), sum(found), found[0], len(found), sep=" ", file=out, flush=True)
            time.sleep(EVERY)
    return process.returncode


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:  # it has ended just now
        return []


def _resident(process: psutil.Process) -> int:
    """Kilobytes; nothing for a process that has ended just now."""
    try:
        return int(process.memory_info().rss) // 1024
    except psutil.NoSuchProcess:
        return 0


def draw(samples: Path, picture: Path) -> None:
    """Draw samples as SVG: the memory of all processes, and of the first alone."""
    with samples.open(encoding="utf-8") as lines:
        rows = [tuple(map(int, line.split()[:3])) for line in lines]
    start, end, most = rows[0][0], rows[-1][0], max(row[1] for row in rows) / 1e6
    top = most * 1.1

    def place(seconds: float, gigabytes: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - 10) * seconds / max(1, end - start)
        return round(x, 1), round(ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - gigabytes / top), 1)

    def line(column: int, colour: str) -> str:
        points = " ".join("{},{}".format(*place(row[0] - start, row[column] / 1e6)) for row in rows)
        return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>'

    def text(x: float, y: float, words: str, anchor: str = "middle", colour: str = "#333") -> str:
        return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{words}</text>'

    marks = [most * part / 4 for part in range(5)]
    minutes = [(end - start) * part / 6 for part in range(7)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"',
        ' font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
        *(text(LEFT - 6, place(0, mark)[1] + 4, f"{mark:.2f} GB", "end") for mark in marks),
        *(text(place(second, 0)[0], HEIGHT - BELOW + 16, f"{second / 60:.0f}") for second in minutes),
        text(WIDTH / 2, HEIGHT - 6, "minutes"),
        line(1, "#1f77b4"),
        line(2, "#d62728"),
        text(WIDTH - 12, ABOVE, "all processes", "end", "#1f77b4"),
        text(WIDTH - 12, ABOVE + 14, "the main process", "end", "#d62728"),
        "</svg>",
    ]
    picture.write_text("\n".join(parts) + "\n", encoding="utf-8")


def main() -> int:
    """Sample where a command is given, and draw."""
    arguments, dashes, command = sys.argv[1:], "--" in sys.argv, []
    if dashes:
        place = arguments.index("--")
        arguments, command = arguments[:place], arguments[place + 1 :]
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    samples, picture = map(Path, arguments)
    status = sample(command, samples) if command else 0
    draw(samples, picture)
    return status


if __name__ == "__main__":
    sys.exit(main())
