"""Load time and frames while dragging: `kg view`'s page against pyvis' plain output of the same graph.

    python benchmarks/viewer.py                       # made-up graphs of 500 and 2,000 concepts
    python benchmarks/viewer.py --store abstractkg    # the graph of a store, cut to these sizes

Needs Debian's chromium and chromium-driver, and selenium. The browser has no network and draws
on the processor. ``steady`` is when the picture stands still: for pyvis, when its physics has
ended or ``--patience`` has run out.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from pyvis.network import Network
from selenium.common.exceptions import TimeoutException
from urllib3.exceptions import ReadTimeoutError

from kg.graph import Graph
from kg.viewer import write_view
from kg.viewer.select import Choice, Picture, select

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browser import chromium
from viewer_graph import large_graph

# pyvis keeps its network in a global; the events that it had before this runs show in its bar.
PLAIN_DRAWN = "typeof network !== 'undefined' && network !== null && Object.keys(network.body.nodes).length > 0"
PLAIN_STEADY = "typeof network !== 'undefined' && network !== null && network.physics.stabilized"
OURS = "document.body && document.body.dataset.ready === 'yes'"
COUNT = """
window.frames_seen = []; window.counting = true;
function tick(at) { window.frames_seen.push(at); if (window.counting) requestAnimationFrame(tick); }
requestAnimationFrame(tick);
"""


def plain(picture: Picture, path: Path) -> None:
    """pyvis as its readme uses it, with everything that it can inline inlined."""
    network = Network(height="750px", width="100%", cdn_resources="in_line")
    for node in picture.concepts:
        network.add_node(node.id, label=str(node.properties["name"]), title=str(node.properties["name"]))
    for edge in picture.edges:
        if {edge.start, edge.end} <= set(network.node_ids):
            network.add_edge(edge.start, edge.end, title=edge.type)
    path.write_text(network.generate_html(), encoding="utf-8")


def wait(driver: Any, script: str, patience: float) -> float:
    """Seconds until a script is true, from now."""
    start = time.monotonic()
    while time.monotonic() - start < patience and not driver.execute_script(f"return Boolean({script})"):
        time.sleep(0.02)
    return time.monotonic() - start


def load(driver: Any, path: Path, drawn: str, steady: str, patience: float) -> tuple[float, float]:
    """Seconds until the first picture and until it stands still."""
    driver.get("about:blank")
    start = time.monotonic()
    driver.get(path.as_uri())
    wait(driver, drawn, patience)
    first = time.monotonic() - start
    wait(driver, steady, patience - first)
    return first, time.monotonic() - start


def drag(driver: Any, steps: int = 60) -> tuple[float, float]:
    """Frames a second and the longest frame in milliseconds, while the picture is dragged to and fro."""

    def mouse(kind: str, x: int, y: int) -> None:
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    driver.execute_script(COUNT)
    mouse("mousePressed", 500, 690)
    for step in range(steps):
        mouse("mouseMoved", 500 + 4 * min(step, steps - step), 690 - 3 * min(step, steps - step))
    mouse("mouseReleased", 500, 690)
    times = driver.execute_script("window.counting = false; return window.frames_seen")
    gaps = [b - a for a, b in pairwise(times)]
    return 1000 / statistics.mean(gaps), max(gaps)


def measure(graph: Graph, size: int, patience: float, folder: Path) -> None:
    """Write both pages of the graph's first so many concepts, open them, and print a line for each."""
    pages = {"kg view": folder / "ours.html", "pyvis": folder / "plain.html"}
    start = time.monotonic()
    write_view(graph, pages["kg view"], limit=size)
    written = {"kg view": time.monotonic() - start}
    picture = select(graph, Choice(limit=size))
    start = time.monotonic()
    plain(picture, pages["pyvis"])
    written["pyvis"] = time.monotonic() - start
    for name, path in pages.items():
        drawn, steady = (OURS, OURS) if name == "kg view" else (PLAIN_DRAWN, PLAIN_STEADY)
        with tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as driver:
            driver.set_script_timeout(patience)
            driver.set_page_load_timeout(patience)
            begun = f"{len(picture.concepts):>8} {name:>8} {written[name]:>8.1f} {path.stat().st_size / 1e6:>6.2f}"
            start = time.monotonic()
            try:
                first, still = load(driver, path, drawn, steady, patience)
                rate, longest = drag(driver)
            except (TimeoutException, ReadTimeoutError):  # a page that is busy answers not even the driver
                print(f"{begun}  no answer within {time.monotonic() - start:.0f} s", flush=True)
            else:
                print(f"{begun} {first:>7.1f} {still:>7.1f} {rate:>7.1f} {longest:>9.0f}", flush=True)


def main() -> None:
    """Read the options and measure each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--store", help="folder made by `kg build`; a made-up graph without")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2000], help="how many concepts to show")
    parser.add_argument("--patience", type=float, default=100, help="seconds to wait for a page, up to 110")
    options = parser.parse_args()
    print("concepts     page  write s     MB drawn s steady s frames/s longest ms")
    for size in options.sizes:
        if options.store:
            from kg.api import read_graph

            graph = read_graph(options.store)
        else:
            graph = large_graph(2 * size)
        with tempfile.TemporaryDirectory() as folder:
            measure(graph, size, options.patience, Path(folder))


if __name__ == "__main__":
    main()
