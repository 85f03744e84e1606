"""A headless Chromium that opens a page and tells what it asked of the network and complained of."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --force-prefers-reduced-motion "
    "--window-size=1280,800"
)


@contextmanager
def chromium(profile: Path, *flags: str) -> Iterator[Any]:
    """A browser with an empty profile; without one, the test is skipped, but fails under ``CI=true``."""
    webdriver = _selenium()
    programs = [shutil.which("chromium"), shutil.which("chromedriver")]
    if not all(programs):
        _missing("Debian's chromium and chromium-driver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for flag in (*FLAGS.split(), f"--user-data-dir={profile / 'profile'}", *flags):
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


def requests(driver: Any) -> list[str]:
    """Addresses that the browser asked for since the last call, its own new tab and the page's file left out."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if not url.startswith(("file:", "data:", "blob:", "chrome:"))]


def complaints(driver: Any) -> list[str]:
    """What the console said since the last call."""
    return [entry["message"] for entry in driver.get_log("browser")]
