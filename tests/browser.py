"""A headless Chromium that opens a page and tells what it asked of the network and complained of."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --force-prefers-reduced-motion "
    "--window-size=1280,800 --force-device-scale-factor=1"
)
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND"
"""Whatever a page asks of the network fails, and shows as a complaint in the console."""


@contextmanager
def chromium(profile: Path, *flags: str) -> Iterator[Any]:
    """A browser with an empty profile; without one, the test is skipped, but fails under ``CI=true``."""
    webdriver = _selenium()
    programs = [shutil.which("chromium"), shutil.which("chromedriver")]
    if not all(programs):
        _missing("Debian's chromium and chromium-driver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for flag in (*FLAGS.split(), NO_NETWORK, f"--user-data-dir={profile / 'profile'}", *flags):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(profile)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(programs[1]))
    try:
        yield driver
    finally:
        driver.quit()


def _selenium() -> Any:
    try:
        from selenium import webdriver
    except ImportError:
        _missing("selenium is not installed (it is in the dev extra)")
    return webdriver


def _missing(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"no browser test without a browser: {why}")
    pytest.skip(f"no browser: {why}")


def wait_until(driver: Any, script: str, seconds: float = 60) -> None:
    """Wait until a script is true in the page, and fail with what it gives where it does not become so."""
    ends = time.monotonic() + seconds
    while not driver.execute_script(f"return Boolean({script})"):
        if time.monotonic() > ends:
            pytest.fail(f"{script} did not become true: {driver.execute_script('return document.body.innerText')}")
        time.sleep(0.03)


def open_page(driver: Any, file: Path, link: str = "") -> None:
    """Open a page that `kg.viewer` wrote, from the start, and wait until it is drawn."""
    driver.get("about:blank")  # a new hash alone would not load the page again
    driver.get(file.as_uri() + (f"#{link}" if link else ""))
    wait_until(driver, "document.body.dataset.ready === 'yes'")


def requests(driver: Any) -> list[str]:
    """Addresses that the browser asked for since the last call, its own new tab and the page's file left out."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith(("file:", "data:", "blob:", "chrome:"))]


def complaints(driver: Any) -> list[str]:
    """What the console said since the last call."""
    return [entry["message"] for entry in driver.get_log("browser")]
