"""A folder on shared disk or in object storage, in which files appear whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.readers.remote import filesystem, is_address

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.fs


@dataclass(frozen=True)
class Storage:
    """The output of a distributed build: an absolute path that every machine sees, or an address (``s3://bucket/folder``)."""

    address: str

    @cached_property
    def _at(self) -> tuple[pyarrow.fs.FileSystem, str]:
        from pyarrow import fs

        if is_address(self.address):
            return filesystem(self.address)
        return fs.LocalFileSystem(), self.address

    def __getstate__(self) -> dict[str, str]:
        return {"address": self.address}  # a worker opens the storage for itself

    def check(self) -> None:
        """`KGError` where nothing can be written."""
        try:
            self.write_text("started", "abstractkg\n")
        except OSError as error:
            raise KGError(f"{self.address}: cannot be written ({error})") from error

    def path(self, name: str) -> str:
        """The path of a file in it, as `filesystem` takes it."""
        return f"{self._at[1]}/{name}"

    @property
    def filesystem(self) -> pyarrow.fs.FileSystem:
        """The storage that the folder is in."""
        return self._at[0]

    def names(self, folder: str, suffix: str = ".parquet") -> list[str]:
        """The files below a folder, by their names from here, sorted."""
        from pyarrow import fs

        files = self.filesystem.get_file_info(fs.FileSelector(self.path(folder), allow_not_found=True, recursive=True))
        cut = len(self._at[1]) + 1
        return sorted(file.path[cut:] for file in files if file.is_file and file.path.endswith(suffix))

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return bool(self.filesystem.get_file_info(self.path(name)).is_file)

    def read(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """A Parquet file; `KGError` where it is damaged."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with self.filesystem.open_input_file(self.path(name)) as file:
                return pq.read_table(file, columns=columns)
        except (OSError, pa.ArrowException) as error:
            raise KGError(f"{self.address}/{name}: cannot be read ({error}); remove it and build again") from error

    def write(self, name: str, table: pa.Table) -> None:
        """Write a Parquet file."""
        import pyarrow.parquet as pq

        self._whole(name, lambda path: pq.write_table(table, path, filesystem=self.filesystem, compression="zstd"))

    def write_text(self, name: str, text: str) -> None:
        """Write a file of text."""

        def write(path: str) -> None:
            with self.filesystem.open_output_stream(path, compression=None) as out:
                out.write(text.encode())

        self._whole(name, write)

    def take(self, name: str, file: Path) -> None:
        """Copy a local file here."""
        from pyarrow import fs

        self._whole(name, lambda path: fs.copy_files(str(file), path, fs.LocalFileSystem(), self.filesystem))

    def fetch(self, name: str, file: Path) -> None:
        """Copy a file from here to a local one."""
        from pyarrow import fs

        fs.copy_files(self.path(name), str(file), self.filesystem, fs.LocalFileSystem())

    def remove(self, folder: str) -> None:
        """Remove a folder, if it is there."""
        self.filesystem.delete_dir_contents(self.path(folder), missing_dir_ok=True)

    def _whole(self, name: str, write: Callable[[str], None]) -> None:
        """Object storage shows a file when all of it is there; on disk it is renamed when it is."""
        from pyarrow import fs

        target = self.path(name)
        if not isinstance(self.filesystem, fs.LocalFileSystem):
            write(target)
            return
        os.makedirs(os.path.dirname(target), exist_ok=True)
        temporary = f"{target}.{uuid.uuid4().hex}.part"  # two runs of one task may write at once
        try:
            write(temporary)
            os.replace(temporary, target)
        finally:
            Path(temporary).unlink(missing_ok=True)
