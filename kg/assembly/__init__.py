"""From records to one graph: decide which names are one concept, and merge what papers say.

`assemble` is pure: the same papers and records give the same graph, byte for byte, in
whatever order they come.
"""

from kg.assembly.explanations import Explanation, explanations_of, read_explanations, write_explanations
from kg.assembly.overrides import Overrides, read_overrides
from kg.assembly.pipeline import Assembly, assemble

__all__ = [
    "Assembly",
    "Explanation",
    "Overrides",
    "assemble",
    "explanations_of",
    "read_explanations",
    "read_overrides",
    "write_explanations",
]
