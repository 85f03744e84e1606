"""The licences of what abstractkg needs at run time; run as a program, it writes docs/licences.md."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

LISTED = Path(__file__).parents[1] / "docs" / "licences.md"
_HEAD = """\
# Licences of what abstractkg needs

All that an installation without extras brings along. A test holds that what is installed is listed here, and that each
licence allows use, change and passing on; `python tests/licences.py` writes this list again.

| package | licence |
|---|---|
"""


def needed() -> dict[str, str]:
    """The packages that are needed at run time, directly or not, each with its licence."""
    found: dict[str, str] = {}
    waiting = ["abstractkg"]
    while waiting:
        distribution = metadata.distribution(waiting.pop())
        for text in distribution.requires or ():
            requirement = Requirement(text)
            name = normal(requirement.name)
            if name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                found[name] = licence(metadata.distribution(name))
                waiting.append(name)
    return dict(sorted(found.items()))


def normal(name: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(distribution: metadata.Distribution) -> str:
    """The licence that a package declares: as an expression, by classifiers, or in words."""
    about = distribution.metadata
    classifiers = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if c.startswith("License :: ")]
    words = next(iter(about.get_all("License", [])), "").partition("\n")[0]
    return next(iter(about.get_all("License-Expression", [])), "") or "; ".join(classifiers) or words


def listed() -> dict[str, str]:
    """The packages in docs/licences.md."""
    rows = re.findall(r"^\| ([\w-]+) \| (.+) \|$", LISTED.read_text("utf-8"), re.MULTILINE)
    return {name: words for name, words in rows if name != "package"}


if __name__ == "__main__":
    LISTED.write_text(_HEAD + "".join(f"| {name} | {words} |\n" for name, words in needed().items()), "utf-8")
