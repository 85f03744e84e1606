"""What an installation without extras can do, and what it says where it cannot."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KGError, Report, how_to_install
from kg.readers import read_papers
from kg.table import Table, can_write, render

EXAMPLES = Path(__file__).parents[1] / "examples"
HOW = how_to_install("arrow")
NEEDED = f"Arrow and Parquet need the extra arrow; {HOW}"


@pytest.fixture
def without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)


def test_the_main_job_needs_no_extra(tmp_path: Path) -> None:
    """Build, read, ask, export and draw, where an import of any package of an extra fails."""
    code = (
        "import sys\n"
        "extras = 'pyarrow pandas polars fastapi uvicorn mcp pyshacl torch pyvis ray'\n"
        "sys.modules.update(dict.fromkeys(extras.split()))\n"
        "import kg\n"
        f"kg.build({str(EXAMPLES / 'vision.bib')!r}, store='graph')\n"
        "assert kg.read_graph('graph').nodes\n"
        "assert kg.query('methods-on-dataset', {'dataset': 'ImageNet'}, store='graph').rows\n"
        "kg.export('graph.ttl', store='graph')\n"
        "kg.view('graph.html', store='graph')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("without_pyarrow")
@pytest.mark.parametrize("form", ["arrow", "parquet"])
def test_a_table_in_arrow_says_which_extra_it_needs(form: str) -> None:
    with pytest.raises(KGError, match=re.escape(NEEDED)):
        render(Table(("a",), ((1,),)), form)
    assert not can_write(form)
    assert can_write("csv")


@pytest.mark.usefixtures("without_pyarrow")
def test_a_parquet_file_is_reported_with_the_extra_that_reads_it(tmp_path: Path) -> None:
    (tmp_path / "papers.parquet").write_bytes(b"PAR1 and more")
    report = Report()
    assert list(read_papers([tmp_path / "papers.parquet"], report)) == []
    assert [problem.reason for problem in report.problems] == ["Parquet needs the extra arrow; " + HOW]


@pytest.mark.usefixtures("without_pyarrow")
def test_an_address_is_reported_with_the_extra_that_opens_it() -> None:
    report = Report()
    assert list(read_papers(["s3://bucket/papers"], report)) == []
    assert [problem.reason for problem in report.problems] == ["s3://bucket/papers: needs the extra arrow; " + HOW]


def test_nothing_tells_to_install_from_a_registry_that_does_not_have_the_package() -> None:
    """What pages and messages tell works in a checkout."""
    root = EXAMPLES.parent
    files = [root / "README.md", root / "CHANGELOG.md", root / "CONTRIBUTING.md", root / "Makefile"]
    for room in ("docs", "kg", "extractors", "benchmarks", "examples"):
        files += [path for end in ("md", "py", "ipynb") for path in (root / room).rglob(f"*.{end}")]
    assert len(files) > 100
    wrong = re.compile(r"pip install[^\n]*?['\" ]abstractkg\b")
    assert [str(path) for path in files if wrong.search(path.read_text("utf-8"))] == []
