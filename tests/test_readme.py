"""README is true: its commands run, print what it shows, and its Python works.

After a change that is meant to change what is printed, ``UPDATE_README=1 pytest tests/test_readme.py``
writes the new output into README, to be read before it is committed.
"""

import contextlib
import difflib
import io
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg import schema
from kg.cli import main

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"```(console|python)\n(.*?)```", re.DOTALL)
_SECONDS = re.compile(r"\d+\.\d s")


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing but the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(command: str) -> str:
    """What a command shows on a terminal, its times left out."""
    screen = io.StringIO()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen), pytest.raises(SystemExit) as ended:
        main(shlex.split(command.removeprefix("$ kg")))
    assert ended.value.code == 0, f"{command}\n{screen.getvalue()}"
    return _SECONDS.sub("… s", screen.getvalue())


def run_block(block: str) -> str:
    """A console block with each command's output as it is now; a command shown without output stays so."""
    parts = re.split(r"^(\$ .*)\n", block, flags=re.MULTILINE)[1:]
    made = []
    for command, shown in zip(parts[::2], parts[1::2], strict=True):
        now = printed(command) if command.startswith("$ kg ") else shown
        made += [command + "\n", now if shown.strip() else shown]
    return "".join(made)


def alike(shown: str, now: str) -> float:
    """The share of lines that are the same, numbers aside.

    Not all need be: int8 arithmetic rounds differently on different kinds of processor, so that
    a score near its threshold, and with it a line of output, may fall on the other side.
    """
    lines = [re.sub(r"[ ─]+", " ", re.sub(r"\d+", "0", text)).splitlines() for text in (shown, now)]
    return difflib.SequenceMatcher(None, *lines, autojunk=False).ratio()


def test_commands_and_python_in_readme_run_and_print_what_it_shows(newcomer: Path) -> None:
    text = README.read_text(encoding="utf-8")
    now = text
    for kind, block in _BLOCK.findall(text):
        if kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(block, "README.md", "exec"), {})
            assert out.getvalue()
        else:
            now = now.replace(block, run_block(block))
    if os.environ.get("UPDATE_README"):
        README.write_text(now, encoding="utf-8")
    assert alike(text, now) >= 0.9, "run with UPDATE_README=1 and read what has changed"


def test_readme_names_the_whole_schema() -> None:
    text = README.read_text(encoding="utf-8")
    for name in (*schema.NODE_TYPES, *schema.RELATIONSHIP_TYPES):
        assert f"`{name}`" in text


def test_every_file_that_readme_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^):#]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
