"""Puts the drawing library of the interactive page into the package when it is built or installed.

vis-network (MIT or Apache-2.0, by Almende B.V. and the visjs contributors) comes out of the package pyvis, which would
bring fifty megabytes of other things along if it were needed at run time.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DrawingLibrary(BuildHookInterface[Any]):
    """Copies one file of pyvis beside the parts of the page."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build, that of an editable install included."""
        library = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_bytes()
        Path(self.root, "kg/viewer/page_parts/vis-network.min.js").write_bytes(library)
