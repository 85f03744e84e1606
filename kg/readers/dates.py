"""Years out of dates in any of the forms that libraries write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_YEAR = re.compile(
    r"(?<!\d)(1[5-9]\d\d|20\d\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?(?!\d)"  # 2010, 201006, 20100615
    r"|(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(1[5-9]\d\d|20\d\d)(?!\d)"  # 15062010
)


def year(value: Any) -> int | None:
    """The year in a number, a date as text, or CSL's nested ``date-parts``; None without one."""
    if type(value) is int:
        return value if 1500 <= value < 2100 else _in_text(str(value))
    if isinstance(value, Mapping):
        value = value.get("date-parts") or value.get("raw") or value.get("literal") or value.get("year")
    while isinstance(value, list | tuple) and value:
        value = value[0]
    if isinstance(value, Mapping):
        return year(value) if value else None
    if isinstance(value, bool) or value is None or not (isinstance(value, str | int | float) or _is_date(value)):
        return None
    return _in_text(str(value))


def _in_text(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1] or found[2]) if found else None


def _is_date(value: Any) -> bool:
    return hasattr(value, "isoformat")


def first_dated(values: Iterable[Any]) -> Any:
    """The first of some values that a year can be read from; None if there is none."""
    return next((value for value in values if year(value) is not None), None)
