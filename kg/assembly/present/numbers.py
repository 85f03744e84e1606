"""Parse a reported value into a number and its unit."""

from __future__ import annotations

import math
import re

from extractors.names.normalization import clean

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+|(?<=\d))(?:[eE][-+]?\d+)?"
_VALUE = re.compile(
    r"(?:(?:about|around|approximately|nearly|almost|over|up to|by|more than|less than|at least|at most|[~≈><≥≤])\s*)*"
    rf"(?P<number>{_NUMBER})\s*(?:(?:±|\+/-|\+-)\s*{_NUMBER})?\s*(?P<unit>.*)",
    re.IGNORECASE | re.DOTALL,
)
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pct": "%",
    "percentage point": "points", "percentage points": "points", "pp": "points", "point": "points",
    "points": "points", "% points": "points", "%p": "points", "absolute points": "points",
    "x": "x", "times": "x", "fold": "x", "-fold": "x", "×": "x", "k": "k", "m": "M", "b": "B",
}  # fmt: skip


def number_and_unit(value: str) -> tuple[float | None, str | None]:
    """The number and unit in a value as written: ``72%`` is (72.0, "%"), ``three`` and ``2-3%`` are not one number,
    and ``1e400`` is none that a computer has.
    """
    text = clean(value.replace("\\%", "%").replace("\\times", " x")).strip("()[] ")
    match = _VALUE.fullmatch(text)
    if match is None:
        return None, None
    unit = match["unit"].strip().strip(".")
    if re.match(r"(?:-|to |and |/)\s*[-+]?\.?\d", unit):
        return None, None
    number = float(match["number"].replace(",", ""))
    if not math.isfinite(number):
        return None, None
    if not unit:
        return number, None
    return number, _UNITS.get(unit.lower(), unit)


def half_width(uncertainty: str) -> float | None:
    """An uncertainty as one number: what stands behind ±, or half of an interval ("86.9-88.3" is 0.7)."""
    found = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", uncertainty)]
    if not all(map(math.isfinite, found)):
        return None
    if len(found) == 2:
        return round(abs(found[1] - found[0]) / 2, 6)
    return found[0] if len(found) == 1 else None
