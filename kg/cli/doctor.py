"""``kg doctor``: what this installation stands on, and what is wrong with it."""

from __future__ import annotations

import base64
import hashlib
import json
import platform
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import click

from kg.cli import settings
from kg.cli.options import example, store_option
from kg.errors import KGError, how_to_install

_NAME: Final = "abstractkg"
_OF_EXTRA: Final = re.compile(r"([\w.-]+).*;.*extra\s*==\s*[\"'](\w+)[\"']")
_NOT_FOR_USE: Final = frozenset({"dev", "train"})
_SENTENCE: Final = "We propose FrobNet, which reaches 81.2% accuracy on ImageNet."
_DOT_PRODUCTS: Final = frozenset({"avx512_vnni", "avx_vnni", "asimddp"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, what was found, and whether it has to be mended."""

    what: str
    found: str
    wrong: bool = False

    def __str__(self) -> str:
        return f"{'WRONG' if self.wrong else 'ok':<6}{self.what:<11}{self.found}"


@click.command(epilog=example("kg doctor"))
@store_option
def doctor(store: str) -> int:
    """Look at the installation, the model, the store and the file of defaults; exit with 1 where something is wrong."""
    findings = list(_findings(store))
    for finding in findings:
        click.echo(str(finding))
    return int(any(finding.wrong for finding in findings))


def _findings(store: str) -> Iterator[Finding]:
    here = Path(__file__).parents[1]
    yield Finding("abstractkg", f"{metadata.version(_NAME)} in {here.parent}")
    yield Finding("python", f"{platform.python_version()} at {sys.executable}")
    yield Finding("processor", _processor())
    yield _told("model", _model)
    yield _told("store", lambda: _store(store))
    yield _told("defaults", _defaults)
    for extra, packages in sorted(_extras().items()):
        missing = [name for name in packages if not _is_installed(name)]
        how = f"not installed ({', '.join(missing)}); {how_to_install(extra)}"
        yield Finding(f"[{extra}]", how if missing else ", ".join(packages))


def _told(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, look())
    except KGError as error:
        return Finding(what, str(error), wrong=True)


def _processor() -> str:
    """The kind of processor, and whether it sums products of bytes in one step: the model rounds by that."""
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return f"{platform.machine()}; whether it has int8 dot products cannot be told here"
    text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    name = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    flags = set(text.split())
    has = "with" if flags & _DOT_PRODUCTS else "without"
    return f"{name[1] if name else platform.machine()}, {has} int8 dot products (VNNI): figures differ a little by kind"


def _model() -> str:
    """The version of the extractor that ships, after its files were checked and it has read a sentence."""
    from kg.building.extraction import load_extractor

    for file in metadata.files(_NAME) or ():
        if file.hash is not None and "extractors/models/" in file.as_posix():
            digest = hashlib.new(file.hash.mode, Path(str(file.locate())).read_bytes()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
                raise KGError(f"{file.locate()}: damaged; install abstractkg again")
    try:
        engine = load_extractor("default")
        (record,) = engine.extract_many([("doctor", None, _SENTENCE)])
    except (OSError, RuntimeError, ValueError) as error:
        raise KGError(f"cannot be used ({error}); install abstractkg again") from error
    return f"{engine.version}: reads {len(record.mentions)} names in a sentence of its test"


def _store(store: str) -> str:
    from kg.stores import folder

    if not Path(store).exists():
        return f"none in {store} yet; `kg build PAPERS` makes one"
    where = folder.find(store)
    problem = where.problem()
    if problem:
        raise KGError(f"{problem}; `kg build --store {store}` makes the graph again")
    with where.graph() as graph:
        nodes, relationships = graph.counts()
    return f"{where.folder}: intact, {nodes['Paper']} papers, {sum(relationships.values())} relationships"


def _defaults() -> str:
    said = settings.read()
    return f"{settings.path()}: {', '.join(_lines(said))}" if said else f"none; they would be in {settings.path()}"


def _lines(said: Mapping[str, Any], table: str = "") -> Iterator[str]:
    """What the file says, each as TOML writes it on a line of its own: ``query.format = "markdown"``."""
    for name, value in said.items():
        if isinstance(value, Mapping):
            yield from _lines(value, f"{table}{name}.")
        else:
            yield f"{table}{name} = {json.dumps(value, ensure_ascii=False, default=str)}"


def _extras() -> dict[str, list[str]]:
    """The packages of each extra that one may install for use."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in metadata.requires(_NAME) or ():
        match = _OF_EXTRA.match(line)
        if match and match[2] not in _NOT_FOR_USE:
            found[match[2]].append(match[1])
    return found


def _is_installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True
