"""From records to one graph: decide which names are one concept, and merge what papers say.

`assemble` is pure: the same papers and records give the same graph, byte for byte, in
whatever order they come. `assembling` gives the same where it is too large for memory.
"""

from kg.assembly.assembler import Assembly, assemble, assembling
from kg.assembly.overrides import Overrides, parse_overrides, read_overrides
from kg.assembly.present.explanations import (
    Explanation,
    describe,
    find_explanations,
    read_explanations,
    write_explanations,
)

__all__ = [
    "Assembly",
    "Explanation",
    "Overrides",
    "assemble",
    "assembling",
    "describe",
    "find_explanations",
    "parse_overrides",
    "read_explanations",
    "read_overrides",
    "write_explanations",
]
