"""A build on a Ray cluster gives what a build on this machine gives, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fragile_extractor
import pyarrow.fs
import pyarrow.parquet as pq
import pytest
import s3_server

import kg
from kg import distributed
from kg.cli import main
from kg.errors import KGError, Report
from kg.stores.folder import StoreFolder

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # Ray's own warnings are none of ours

EXAMPLES = Path(__file__).parents[1] / "examples"
WORDS = [
    "attention",
    "pruning",
    "distillation",
    "retrieval",
    "parsing",
    "segmentation",
    "tracking",
    "captioning",
    "alignment",
    "planning",
]


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | None]:
    """The address of an empty bucket, which the environment of this process leads to; None where there is no server."""
    if s3_server.missing():
        yield None
        return
    server = s3_server.S3Server(tmp_path_factory.mktemp("s3") / "log")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", server.endpoint)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        try:
            bucket, root = pyarrow.fs.FileSystem.from_uri("s3://abstracts?allow_bucket_creation=true")
            bucket.create_dir(root)
            yield "s3://abstracts"
        finally:
            server.stop()


@pytest.fixture(scope="module")
def cluster(storage: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two nodes and three cores, whose workers know the fragile extractor."""
    import ray
    from ray.cluster_utils import Cluster

    plugin = tmp_path_factory.mktemp("plugin")
    shutil.copy(fragile_extractor.__file__, plugin)
    for name, text in fragile_extractor.DISTRIBUTION.items():
        place = plugin / "fragile_extractor-1.dist-info" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(plugin))
        patch.syspath_prepend(plugin)
        memory = 80 * 1024 * 1024
        node = {"num_cpus": 2, "object_store_memory": memory, "include_dashboard": False}
        nodes = Cluster()
        try:
            patient(lambda: nodes.add_node(**node))
            patient(lambda: nodes.add_node(num_cpus=1, object_store_memory=memory))
            nodes.wait_for_nodes()
            ray.init(nodes.address, log_to_driver=False)
            yield nodes.address
        finally:
            ray.shutdown()
            nodes.shutdown()


def patient(start: Callable[[], object]) -> None:
    """Start a node; Ray waits half a minute for it, which is too short on a busy machine."""
    for left in (2, 1, 0):
        try:
            start()
            return
        except Exception as error:  # the only class that Ray raises for it
            if not left or "timed out during startup" not in str(error):
                raise


def made_up(path: Path, count: int) -> Path:
    """A file of made-up papers whose abstracts name methods and datasets."""
    rows = []
    for number in range(count):
        word = WORDS[number % len(WORDS)]
        method = f"{word.title()}Net-{number // 3}"
        text = (
            f"We propose {method}, a method for {word} number {number}. On ImageNet, {method} outperforms BERT and "
            f"achieves {60 + number % 30}.{number % 10}% accuracy. Abstract {number} was made up for a test."
        )
        rows.append({"title": f"{method} {number}", "abstract": text, "year": 2000 + number % 25, "id": f"p{number}"})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def exported(store: Path, form: str) -> str:
    kg.export(store.with_suffix(f".{form}"), store=store)
    return store.with_suffix(f".{form}").read_text("utf-8")


def said(report: Report) -> list[str]:
    return sorted(map(str, [*report.problems, *report.notes]))


def same(one: Path, other: Path) -> None:
    """Two stores hold the same bytes of graph and explanations."""
    assert exported(one, "jsonl") == exported(other, "jsonl")
    assert StoreFolder(one).explanations_path.read_bytes() == StoreFolder(other).explanations_path.read_bytes()


def texts_of_records(store: Path) -> list[str]:
    files = (store / "shards" / "records").rglob("*.parquet")
    return [text for file in files for text in pq.read_table(file).column("text").to_pylist()]


@pytest.fixture
def papers(tmp_path: Path) -> list[str]:
    """Papers of several formats: some come twice with different metadata, one with its record, some are broken."""
    folder = tmp_path / "papers"
    shutil.copytree(EXAMPLES, folder)
    first, second, *_ = (folder / "language.jsonl").read_text("utf-8").splitlines()
    again = {**json.loads(first), "title": json.loads(first)["title"].upper(), "venue": "elsewhere", "id": "again"}
    record = next(iter(kg.extract(made_up(tmp_path / "one.jsonl", 1), extractor="patterns")))
    lines = [json.dumps(again), second, "{broken", json.dumps(record), '{"title": "no abstract"}']
    (folder / "twice.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "damaged.json.gz").write_bytes(b"\x1f\x8b\x08\x00 not gzip")
    german = "Wir zeigen ein Verfahren, das auf allen Daten besser ist als die bisherigen, und erklären auch, warum."
    (folder / "german.txt").write_text(f"{german}\n", encoding="utf-8")
    made_up(folder / "many.jsonl", 40)
    return [str(folder)]


def test_the_graph_is_that_of_this_machine_to_the_byte(cluster: str, papers: list[str], tmp_path: Path) -> None:
    """Store, explanations, problems, N-Quads and bulk import; and what was extracted is not extracted again."""
    here, there = tmp_path / "here", tmp_path / "there"
    local, remote = Report(), Report()
    expected = kg.build(papers, here, extractor="patterns", report=local)
    result = distributed.build(papers, there, extractor="patterns", report=remote)
    same(there, here)
    assert said(remote) == said(local)
    for name in ("read", "papers", "extracted", "given", "failed", "nodes", "relationships"):
        assert getattr(result, name) == getattr(expected, name), name

    quads = {line for file in (there / "shards" / "nquads").iterdir() for line in file.read_text("utf-8").splitlines()}
    assert quads == set(exported(here, "nq").splitlines())
    kg.export(tmp_path / "csv", store=here, format="neo4j-csv")
    rows, sharded = (
        sorted(line for file in folder.glob("*.csv") for line in file.read_text("utf-8").splitlines())
        for folder in (tmp_path / "csv", there / "shards" / "neo4j-csv")
    )
    assert sharded == rows

    kg.query("leaderboard", {"dataset": "ImageNet"}, store=there)
    again = distributed.build(papers, there, extractor="patterns")
    assert (again.extracted, again.reused) == (0, expected.extracted)
    same(there, here)


def test_killed_processes_cost_nothing(cluster: str, tmp_path: Path) -> None:
    """An actor of Ray and a process that extracts for one are killed; the paper that kills by itself is named."""
    papers = made_up(tmp_path / "papers.jsonl", 60)
    with papers.open("a", encoding="utf-8") as file:
        file.write(
            json.dumps({"id": "poison", "abstract": fragile_extractor.POISON + ", whatever the others do."}) + "\n"
        )
    here, there = tmp_path / "here", tmp_path / "there"
    reports = Report(), Report()
    kg.build(str(papers), here, extractor="fragile", processes=2, report=reports[0])
    results: list[Any] = []
    building = threading.Thread(
        target=lambda: results.append(distributed.build(str(papers), there, extractor="fragile", report=reports[1]))
    )
    building.start()
    killed = [kill_one("MapWorker", building), kill_one("extractors.workers", building)]
    building.join()
    assert all(killed)
    assert (results[0].extracted, results[0].failed) == (60, 1)
    assert said(reports[1]) == said(reports[0])
    assert any("poison: extraction failed" in line and line.startswith("papers.jsonl") for line in said(reports[1]))
    same(there, here)
    kept = texts_of_records(there)
    assert len(kept) == len(set(kept)) == 60


def kill_one(name: str, building: threading.Thread) -> int:
    """Kill a process that works for the cluster, once some records are kept; its number."""
    while building.is_alive():
        for process in sorted(processes()):
            if name in command(process) and belongs_to_ray(process):
                time.sleep(0.5)  # in the middle of a paper
                os.kill(process, signal.SIGKILL)
                return process
        time.sleep(0.05)
    return 0


def processes() -> set[int]:
    return {int(name) for name in os.listdir("/proc") if name.isdigit()}


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text("utf-8", "replace").replace("\0", " ")
    except OSError:  # it has ended
        return ""


def belongs_to_ray(process: int) -> bool:
    """Whether it is a worker of Ray, or a child of one."""
    try:
        parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return False
    return "ray::" in command(process) or "ray::" in command(parent)


def test_a_job_that_was_killed_whole_goes_on(cluster: str, tmp_path: Path) -> None:
    papers = made_up(tmp_path / "papers.jsonl", 60)
    here, there = tmp_path / "here", tmp_path / "there"
    kg.build(str(papers), here, extractor="fragile", processes=2)
    script = (
        f"import sys; from kg.cli import main; main(['build', '--on', 'ray', '--address', '{cluster}', *sys.argv[1:]])"
    )
    options = [str(papers), "--store", str(there), "--extractor", "fragile"]
    job = subprocess.Popen([sys.executable, "-c", script, *options], stderr=subprocess.PIPE)
    while job.poll() is None and not texts_of_records(there):
        time.sleep(0.05)
    job.kill()
    assert job.stderr is not None
    assert job.wait() == -signal.SIGKILL, job.stderr.read()
    job.stderr.close()
    assert not (there / "graph.json").exists()
    result = distributed.build(str(papers), there, extractor="fragile")
    assert result.reused > 0
    assert result.extracted + result.reused == 60
    same(there, here)
    kept = texts_of_records(there)
    assert len(kept) == len(set(kept)) == 60


def test_papers_and_shards_in_object_storage(
    cluster: str, storage: str | None, papers: list[str], tmp_path: Path
) -> None:
    """The same graph from papers in S3, with shards in S3; a store is made where one is asked for."""
    if storage is None:
        lack = s3_server.missing()
        pytest.fail(lack) if os.environ.get("CI") == "true" else pytest.skip(lack)
    bucket, root = pyarrow.fs.FileSystem.from_uri(storage)
    pyarrow.fs.copy_files(papers[0], f"{root}/in", destination_filesystem=bucket)
    here, there = tmp_path / "here", tmp_path / "there"
    local, remote = Report(), Report()
    kg.build(papers, here, extractor="patterns", report=local)
    result = distributed.build(f"{storage}/in", there, output=f"{storage}/out", extractor="patterns", report=remote)
    assert result.extracted
    assert said(remote) == sorted(line.replace(papers[0], f"{storage}/in") for line in said(local))
    same(there, here)
    again = distributed.build(f"{storage}/in", None, output=f"{storage}/out", extractor="patterns")
    assert again.extracted == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--on", "ray", "-"], "standard input"),
        (["--on", "ray", "nowhere"], "no paper found"),
        (["--address", "auto", "papers"], "--address needs --on"),
        (["-o", "out", "papers"], "--output needs --on"),
        (["--on", "ray", "--address", "127.0.0.1:1", "examples"], "no Ray cluster at 127.0.0.1:1"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    options: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(EXAMPLES)
    with pytest.raises(SystemExit):
        main(["build", *options])
    assert told in capsys.readouterr().err.splitlines()[-1]


def test_one_process_that_extracts_does_not_wait_for_what_feeds_it(tmp_path: Path) -> None:
    """Ray is started on this machine, for a build with a single process."""
    papers = made_up(tmp_path / "papers.jsonl", 3)
    command = ["build", "--on", "ray", "--processes", "1", str(papers), "--extractor", "patterns"]
    program = [sys.executable, "-m", "kg", *command, "--store", str(tmp_path / "store")]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "3 extracted now" in ended.stderr


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(KGError, match=r"pip install .*'\.\[ray\]'"):
        distributed.build(str(EXAMPLES), tmp_path / "store")


def test_a_ray_that_does_not_come_up_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On an overloaded machine a node takes longer than Ray waits for it, which cannot be had on purpose."""

    def late(*_: object, **__: object) -> None:
        raise Exception("The current node timed out during startup.\nMore of it.")

    monkeypatch.setattr("ray.is_initialized", lambda: False)
    monkeypatch.setattr("ray.init", late)
    with pytest.raises(KGError, match=r"no Ray cluster at this machine: The current node timed out during startup\.$"):
        distributed.build(str(EXAMPLES), tmp_path / "store")


def test_a_store_is_of_one_kind_of_build(cluster: str, tmp_path: Path) -> None:
    """A build that would put its own papers in place of those of another kind is refused."""
    papers = made_up(tmp_path / "papers.jsonl", 3)
    distributed.build(str(papers), tmp_path / "there", extractor="patterns")
    with pytest.raises(KGError, match="made with --on ray"):
        kg.build(str(papers), tmp_path / "there", extractor="patterns")
    kg.build(str(papers), tmp_path / "here", extractor="patterns")
    with pytest.raises(KGError, match="made without --on ray"):
        distributed.build(str(papers), tmp_path / "here", extractor="patterns")
