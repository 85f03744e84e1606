"""What a store's graph is built from: papers as read, and records as extracted, in one SQLite file.

A *reading* is a paper as one input contained it; reading an input again replaces its earlier
readings. A *record* is kept under the paper's text and the extractor's version, so that no
abstract is extracted twice. Committed work survives a kill at any moment; other work is repeated.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.papers import RECORD_PARTS, Paper

_TABLES = """
CREATE TABLE IF NOT EXISTS readings (
    input TEXT NOT NULL, digest TEXT NOT NULL, paper TEXT NOT NULL, PRIMARY KEY (input, digest)
);
CREATE TABLE IF NOT EXISTS records (
    text TEXT NOT NULL, extractor TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (text, extractor)
);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


GIVEN = "given"
"""In place of the extractor's version, for records that came with an input."""
_FAILED = {"disk I/O error": "cannot be written or read: a full or failing disk, or a limit on the size of files"}
_FIELDS = tuple(field.name for field in fields(Paper))


def text_key(title: str | None, abstract: str) -> str:
    """A hash of title and abstract: what an extraction depends on beside the extractor."""
    return hashlib.sha256(json.dumps([title, abstract]).encode()).hexdigest()


def to_row(paper: Paper) -> tuple[dict[str, Any], bytes | None]:
    """A paper's fields as JSON, and apart from it the JSON of a record that came with it, or None.

    The row has a reference to the record (its digest, and how much it tells) in its place.
    """
    row = {name: getattr(paper, name) for name in _FIELDS}
    if paper.record is None:
        return row, None
    record = json.dumps(paper.record, sort_keys=True).encode()
    sizes = {part: len(paper.record.get(part) or ()) for part in RECORD_PARTS}
    return {**row, "record": {GIVEN: hashlib.sha256(record).hexdigest(), **sizes}}, record


def from_row(row: dict[str, Any]) -> Paper:
    """The paper that `to_row` made a row of, with the reference in place of the record."""
    return Paper(**row | {name: tuple(row.get(name, ())) for name in ("authors", "ids", "source")})


def _packed(record: bytes) -> bytes:
    """A record's JSON, compressed: it repeats its keys, and shrinks to a fifth."""
    return zlib.compress(record, level=1)


class Archive:
    """The papers and records of one store, open in one process at a time.

    Raises `KGError` where the file is not an archive or is open in another process; used as a
    context manager, also where it turns out to be damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = sqlite3.connect(path, timeout=1, isolation_level=None)
        except sqlite3.OperationalError as error:  # a folder, or a file that may not be opened
            raise KGError(f"{path}: cannot be opened ({error})") from error
        try:
            # Exclusive locking keeps a second build out for as long as this one runs, and the
            # operating system releases the lock when a process is killed.
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript("BEGIN IMMEDIATE;" + _TABLES + "COMMIT;")
        except sqlite3.OperationalError as error:
            self._db.close()
            text = str(error)
            reason = "another process is building here" if "locked" in text else _FAILED.get(text, text)
            raise KGError(f"{path.parent}: {reason}") from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise KGError(f"{path}: damaged, or not an abstractkg archive ({error})") from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.close()
        if isinstance(error, sqlite3.OperationalError):
            raise KGError(f"{self.path}: {_FAILED.get(str(error), error)}") from error
        if isinstance(error, sqlite3.DatabaseError | zlib.error | json.JSONDecodeError):
            raise KGError(f"{self.path}: damaged ({error}); build the papers into a new store") from error

    def replace_readings(
        self, papers: Iterable[tuple[str, Paper]], keep: Callable[[], Collection[str]] = frozenset
    ) -> int:
        """Store these papers, each with the input that it came from; return how many.

        Earlier readings that an input no longer contains are deleted, in the same transaction.
        Nothing is deleted for standard input (``-``) and for the inputs that ``keep`` returns when all
        are read, which are those that were damaged.
        """
        count = 0
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.execute("CREATE TEMP TABLE now (input TEXT, digest TEXT, PRIMARY KEY (input, digest))")
            for source, paper in papers:
                text = json.dumps(self._row(paper), ensure_ascii=False, sort_keys=True)
                digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
                self._db.execute("INSERT OR IGNORE INTO readings VALUES (?, ?, ?)", (source, digest, text))
                self._db.execute("INSERT OR IGNORE INTO now VALUES (?, ?)", (source, digest))
                count += 1
            self._db.executemany("DELETE FROM now WHERE input = ?", [("-",), *((name,) for name in keep())])
            self._db.execute(
                "DELETE FROM readings WHERE input IN (SELECT input FROM now)"
                " AND NOT EXISTS (SELECT 1 FROM now WHERE now.input = readings.input AND now.digest = readings.digest)"
            )
            self._db.execute("DROP TABLE now")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return count

    def _row(self, paper: Paper) -> dict[str, Any]:
        """A paper's fields as JSON, with a reference in place of a record that came with it.

        Records are many times larger than papers, and merging keeps all papers in memory.
        """
        row, record = to_row(paper)
        if record is not None:
            given = (row["record"][GIVEN], GIVEN, _packed(record))
            self._db.execute("INSERT OR IGNORE INTO records VALUES (?, ?, ?)", given)
        return row

    def papers(self) -> Iterator[Paper]:
        """Every paper as it was read, as many times as inputs contained it.

        A record that came with it is replaced by a reference; see `given_record`.
        """
        for (text,) in self._db.execute("SELECT paper FROM readings ORDER BY digest, input"):
            yield from_row(json.loads(text))

    def has_record(self, text: str, extractor: str) -> bool:
        """Whether the text has been extracted by that version of an extractor."""
        found = self._db.execute("SELECT 1 FROM records WHERE text = ? AND extractor = ?", (text, extractor))
        return found.fetchone() is not None

    def other_extractor(self, text: str, extractor: str) -> str | None:
        """The version of an extractor, other than that one, that has extracted the text; None for none."""
        found = self._db.execute(
            "SELECT max(extractor) FROM records WHERE text = ? AND extractor NOT IN (?, ?)", (text, extractor, GIVEN)
        )
        version: str | None = found.fetchone()[0]
        return version

    def record(self, text: str, extractor: str) -> dict[str, Any] | None:
        """The record kept for a text, or None."""
        found = self._db.execute("SELECT record FROM records WHERE text = ? AND extractor = ?", (text, extractor))
        row = found.fetchone()
        return json.loads(zlib.decompress(row[0])) if row else None

    def given_record(self, paper: Paper) -> dict[str, Any] | None:
        """The record that came with a paper from `papers`, or None."""
        return None if paper.record is None else self.record(paper.record[GIVEN], GIVEN)

    def keep_records(self, records: Iterable[tuple[str, dict[str, Any]]], extractor: str) -> None:
        """Keep records, each under its text's key, in one transaction."""
        rows = [(text, extractor, _packed(json.dumps(record).encode())) for text, record in records]
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", rows)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def fact(self, name: str) -> str | None:
        """A remembered value, or None."""
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_fact(self, name: str, value: str) -> None:
        """Remember a value under a name."""
        self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))
