"""The tutorial runs from top to bottom, and its tables and pictures show themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # those of the notebook's own machinery
def test_the_tutorial_runs_and_shows_tables_and_pictures(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    notebook = nbformat.read(ROOT / "docs" / "tutorial.ipynb", as_version=4)  # type: ignore[no-untyped-call]  # it brings no types
    assert not any(cell.get("outputs") for cell in notebook.cells), "outputs are not kept: they differ by processor"
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output["data"]["text/html"] for cell in notebook.cells for output in cell.get("outputs", ())
             if "text/html" in output.get("data", {})]  # fmt: skip
    assert sum(html.startswith("<table>") for html in shown) >= 2
    assert any(html.startswith("<iframe") for html in shown)
    assert any("<svg" in html[:300] for html in shown)
    assert (tmp_path / "graph.ttl").stat().st_size
