"""Attack the software, and count what is lost.

usage: python benchmarks/attack.py [--seed N] [--kills N] [--papers N] [--only NAME ...] [--neo4j URI]

An attack is survived where the outcome is right, or where one line says what is wrong, and the next run is right.
What is lost is printed as it comes. Exit status 1 where something is. The full disk needs the right to mount a
tmpfs. A load needs a Neo4j server, whose password is in NEO4J_PASSWORD and whose graph is overwritten, and its
faults need what the tests need to start one of their own. Without them these are left out, and said so.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from attacks.arena import Arena, Losses
from attacks.damage import damage
from attacks.files import files
from attacks.kills import kills
from attacks.papers import papers
from attacks.patterns import patterns
from attacks.queries import queries
from attacks.servers import servers
from attacks.surroundings import concurrency, full_disk

ATTACKS: Final[dict[str, Callable[[Arena], Losses]]] = {
    "patterns": patterns,
    "kills": kills,
    "damage": damage,
    "full disk": full_disk,
    "concurrency": concurrency,
    "papers": papers,
    "files": files,
    "queries": queries,
    "servers": servers,
}


def to_its_end(attack: Callable[[Arena], Losses], arena: Arena) -> Losses:
    """An attack; what ends it before its time is a loss, too, and the table is printed."""
    try:
        yield from attack(arena)
    except Exception:  # whatever it is
        yield f"ended before its time:\n{traceback.format_exc()}"


def main() -> int:
    """Run the attacks, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--papers", type=int, default=100_000, help="and so many queries")
    parser.add_argument("--only", choices=list(ATTACKS), nargs="+", default=list(ATTACKS))
    parser.add_argument("--neo4j", metavar="URI")
    options = parser.parse_args()
    counts: dict[str, list[int]] = {name: [0, 0] for name in ATTACKS if name in options.only}
    with tempfile.TemporaryDirectory() as folder:
        arena = Arena(Path(folder), random.Random(options.seed), options.kills, options.papers, options.neo4j)
        try:
            for name in counts:
                for loss in to_its_end(ATTACKS[name], arena):
                    counts[name][0] += 1
                    if loss:
                        counts[name][1] += 1
                        print(f"lost: {name}: {loss}", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            print("stopped; so far:", file=sys.stderr)
    print(f"seed {options.seed}\n\n| attack | tried | survived | lost |\n|---|---|---|---|")
    print("\n".join(f"| {name} | {tried:,} | {tried - lost:,} | {lost} |" for name, (tried, lost) in counts.items()))
    for name, count in arena.counts.items():
        print(f"{name}: {count:,}")
    return 1 if any(lost for _, lost in counts.values()) else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
