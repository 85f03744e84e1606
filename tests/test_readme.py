"""README is true: its commands run, print what it shows, and its Python works.

``…`` in a shown output stands for anything, also for several lines. What is shown must hold on every
kind of processor: the model's int8 arithmetic rounds by its kind, so that counts differ by a few.
"""

import contextlib
import io
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


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing but the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def printed(command: str) -> str:
    """What a command shows on a terminal."""
    screen = io.StringIO()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen), pytest.raises(SystemExit) as ended:
        main(shlex.split(command.removeprefix("$ kg")))
    assert ended.value.code == 0, f"{command}\n{screen.getvalue()}"
    return screen.getvalue()


def is_shown(shown: str, now: str) -> bool:
    """Whether an output is what is shown, where ``…`` stands for anything; runs of spaces are one."""
    pattern, text = (re.sub(r" +", " ", part.strip()) for part in (shown, now))
    return re.fullmatch(re.escape(pattern).replace("…", ".*"), text, re.DOTALL) is not None


def test_what_is_shown_is_compared() -> None:
    assert is_shown("nodes  …\nPaper 25", "nodes 217 relationships 716\nMethod 9\nPaper  25\n")
    assert not is_shown("nodes …\nPaper 25", "nodes 217\nPaper 24")


@pytest.mark.slow
def test_commands_and_python_in_readme_run_and_print_what_it_shows(newcomer: Path) -> None:
    for kind, block in _BLOCK.findall(README.read_text(encoding="utf-8")):
        if kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(block, "README.md", "exec"), {})
            assert out.getvalue()
            continue
        parts = re.split(r"^(\$ .*)\n", block, flags=re.MULTILINE)[1:]
        for command, shown in zip(parts[::2], parts[1::2], strict=True):
            now = printed(command)
            assert is_shown(shown, now), f"{command}\n{now}"


def test_readme_names_the_whole_schema() -> None:
    text = README.read_text(encoding="utf-8")
    for name in (*schema.NODE_TYPES, *schema.RELATIONSHIP_TYPES):
        assert f"`{name}`" in text


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "extractors/README.md",
        *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
    ],
)
def test_every_file_that_a_document_links_to_is_there(document: str) -> None:
    folder = (ROOT / document).parent
    for target in re.findall(r"\]\(([^):#]+)\)", (ROOT / document).read_text(encoding="utf-8")):
        assert (folder / target).exists(), target
