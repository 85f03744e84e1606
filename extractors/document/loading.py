"""Loading spaCy without its command line, which is a quarter of the time that ``import spacy`` takes.

spaCy imports it for ``spacy.info`` alone, and with it typer, weasel, requests and others that no pipeline uses.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_PACKAGE: Final = "spacy.cli"
_MODULE: Final = "spacy.cli.info"


def load_spacy() -> None:
    """Import spaCy, unless it is imported already. Its command line is imported when somebody asks for it."""
    if "spacy" in sys.modules:
        return
    for name in (_PACKAGE, _MODULE):
        sys.modules[name] = _Later(name)
    try:
        import_module("spacy")
    finally:
        _forget()


class _Later(ModuleType):
    """Stands for a module of the command line; all but `info` is imported as soon as it is asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    @staticmethod
    def info(*arguments: Any, **options: Any) -> Any:
        """``spacy.info``."""
        return import_module(_MODULE).info(*arguments, **options)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by the import system
            raise AttributeError(name)
        _forget()
        return getattr(import_module(self.__name__), name)


def _forget() -> None:
    for name in (_PACKAGE, _MODULE):
        if isinstance(sys.modules.get(name), _Later):
            del sys.modules[name]
