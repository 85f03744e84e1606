"""The page in a real browser: what a reader sees and does, and that text stays text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, complaints, requests
from viewer_graph import IMAGE, SCRIPT, small_graph

from kg.viewer import write_view

READY = "return document.body.dataset.ready"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("browser")) as driver:
        yield driver


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:
    """The hand-made graph's page, open and drawn."""
    from selenium.webdriver.support.ui import WebDriverWait

    file = tmp_path / "view.html"
    write_view(small_graph(), file)
    browser.get(file.as_uri())
    WebDriverWait(browser, 20).until(lambda driver: driver.execute_script(READY) == "yes")
    return browser


def test_the_page_asks_no_network_and_the_console_stays_silent(page: Any) -> None:
    assert requests(page) == []
    assert complaints(page) == []


def test_hostile_text_is_shown_as_it_is_and_runs_nothing(page: Any) -> None:
    from selenium.webdriver.common.by import By

    search = page.find_element(By.ID, "search")
    search.send_keys("BERT\n")
    panel = page.find_element(By.ID, "panel")
    assert SCRIPT in panel.text
    assert IMAGE in panel.text
    assert page.find_elements(By.CSS_SELECTOR, "img, #panel script") == []
    assert page.title == "papergraph"
