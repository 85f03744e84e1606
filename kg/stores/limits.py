"""How much memory and address space the embedded engine may take.

Left to itself it reserves 8 TB of addresses and plans with four fifths of the machine's memory, which fails under
``ulimit -v``, and in a container that has less memory than its machine.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from kg.graph import GraphStream

_LEAST: Final = 1 << 28
_CONTROL_GROUP: Final = Path("/sys/fs/cgroup/memory.max")
_BYTES_A_MEMBER: Final = 8 << 10
"""More than the engine takes for a node or relationship, beside its text."""


def for_file(path: Path) -> int:
    """The size that a database may have, in bytes, for reading the one in a file."""
    return _power_of_two(2 * path.stat().st_size)


def for_graph(graph: GraphStream) -> int:
    """The size that a database may have, in bytes, for writing a graph."""
    return for_rows(*graph.size())


def for_rows(count: int, text: int) -> int:
    """The same for a number of nodes and relationships, and of characters in their properties."""
    return _power_of_two(_BYTES_A_MEMBER * count + 16 * text)


def pool() -> int:
    """The memory that the engine may use for pages and rows, in bytes."""
    share = min(_machine() * 4 // 5, _container() // 2, _address_space() // 4)
    return max(share // 4096 * 4096, 64 << 20)


def pool_for_writing(room: int) -> int:
    """The same while a graph is written whose database may take ``room`` bytes.

    A checkpoint fails where the pool is too small: 1 GB is enough for 50,000 papers and too little for a million.
    """
    return min(pool(), max(1 << 30, room // 8))


def _power_of_two(size: int) -> int:
    return 1 << (max(size, _LEAST) - 1).bit_length()


def _machine() -> int:
    with suppress(AttributeError, ValueError, OSError):  # not every system tells
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return 4 << 30


def _container() -> int:
    """The limit of the control group; nearly unlimited where there is none."""
    with suppress(OSError, ValueError):  # no such file outside of Linux; "max" is no number
        return int(_CONTROL_GROUP.read_text())
    return 1 << 62


def _address_space() -> int:
    """The limit of ``ulimit -v``; nearly unlimited where there is none."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return 1 << 62
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return soft if soft != resource.RLIM_INFINITY else 1 << 62
