"""Site and served graph in a real browser: from a file, with the keyboard alone, at phone width, without a network."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from browser import chromium, complaints, requests, wait_until
from web_index import CLIMB, GRAPHS, QUOTE, SCRIPT, opened

from kg.graph import Graph
from kg.web import server
from kg.web.site import write_site

TAB, ENTER, DOWN, ESCAPE = "\ue004", "\ue007", "\ue015", "\ue00c"
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(253, 253, 252)", "rgb(22, 24, 27)"
READY = "document.documentElement.dataset.ready === 'yes'"
LOCAL_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("browser"), LOCAL_ONLY) as driver:
        yield driver


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(GRAPHS["small"](), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(GRAPHS["hostile"](), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(GRAPHS["small"](), tmp_path_factory.mktemp("served")) as address:
        yield address


def write(graph: Graph, folder: Path) -> str:
    """The address of a graph's site, in files."""
    with opened(graph, folder) as index:
        return (write_site(index, folder / "public").path).as_uri() + "/"


@contextmanager
def serving(graph: Graph, folder: Path) -> Iterator[str]:
    """The address of a served graph."""
    with opened(graph, folder) as index, server.listen("127.0.0.1", 0) as listening:
        program = uvicorn.Server(uvicorn.Config(server.create_app(index), log_level="warning"))
        thread = threading.Thread(target=program.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            program.should_exit = True
            thread.join()


@pytest.fixture(params=["site", "served"])
def place(request: pytest.FixtureRequest, browser: Any) -> Iterator[str]:
    """Where the pages are. Afterwards nothing was asked of any other place, and the console was silent."""
    address = str(request.getfixturevalue(request.param))
    requests(browser), complaints(browser)
    yield address
    assert [url for url in requests(browser) if not url.startswith(address)] == []
    assert complaints(browser) == []


def go(driver: Any, address: str) -> None:
    driver.get("about:blank")
    driver.get(address)
    wait_until(driver, READY)


def press(driver: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver, duration=20).send_keys(*keys).perform()


def active(driver: Any) -> str:
    """The text or the name of what has the focus."""
    return str(driver.execute_script("const a = document.activeElement; return a.name || a.textContent.trim()"))


def tab_to(driver: Any, wanted: str, most: int = 60) -> None:
    for _ in range(most):
        press(driver, TAB)
        if active(driver) == wanted:
            return
    pytest.fail(f"the keyboard does not reach {wanted!r}")


def body(driver: Any) -> str:
    return str(driver.execute_script("return document.body.innerText"))


def test_a_walk_with_the_keyboard_alone(browser: Any, place: str) -> None:
    """From the first page by search to a concept, to the sentence in its paper, and to a leaderboard."""
    go(browser, place + "index.html")
    press(browser, TAB)
    assert active(browser) == "Skip to the content"
    press(browser, "/")
    assert active(browser) == "q"
    press(browser, "rober")
    wait_until(browser, "!document.getElementById('suggestions').hidden")
    press(browser, DOWN)
    assert browser.execute_script("return document.getElementById('q').getAttribute('aria-activedescendant')")
    press(browser, ENTER)
    wait_until(browser, "document.querySelector('h1').textContent === 'RoBERTa'")
    tab_to(browser, "Encoders trained longer")
    focus = "getComputedStyle(document.activeElement).outlineStyle"
    assert browser.execute_script(f"return {focus}") == "solid"
    press(browser, ENTER)
    wait_until(browser, "document.querySelector('h1').textContent === 'Encoders trained longer'")
    assert "RoBERTa trains BERT longer." in body(browser)
    assert browser.execute_script("return Boolean(document.querySelector(location.hash))")
    tab_to(browser, "Leaderboards")
    press(browser, ENTER)
    wait_until(browser, "document.querySelector('h1').textContent === 'Leaderboards'")
    tab_to(browser, "SQuAD")
    press(browser, ENTER)
    wait_until(browser, "document.querySelector('h1').textContent === 'SQuAD'")
    assert "xlnet has 95.1%." in body(browser)


def test_search_lists_what_was_typed(browser: Any, place: str) -> None:
    go(browser, place + "index.html")
    press(browser, "/", "transf", ENTER)
    wait_until(browser, "document.querySelector('h1').textContent === 'Search'")
    wait_until(browser, "document.querySelectorAll('#hits li').length === 3")
    assert "Transformer" in body(browser)
    assert "3 hits for “transf”." in body(browser)
    press(browser, "/", "xyzzy", ESCAPE)
    assert browser.execute_script("return document.getElementById('suggestions').hidden")


ADDRESSES = (
    "index.html",
    "leaderboards.html",
    "methods.html",
    "papers.html",
    "questions.html",
    "picture.html",
    "search.html?q=e",
    "method/bert.html",
    "task/question-answering.html",
    "metric/f1.html",
    "leaderboard/squad.html",
    "leaderboard/imagenet.html",
    "paper/arxiv-0003.00003.html",
    "question/most-used.html",
)
SERVED = (
    "ask.html?q=what+beats+BERT",
    "question/beaten-by.html?method=BERT",
    "api.html",
    "report.html?topic=question+answering",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_phone(browser: Any, place: str, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        grounds = set()
        for address in ADDRESSES + (SERVED if place.startswith("http") else ()):
            browser.get(place + address)
            wait_until(browser, "document.readyState === 'complete'")
            width = browser.execute_script("return document.documentElement.scrollWidth")
            assert width <= PHONE["width"], f"{address} is {width} wide"
            grounds.add(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
        assert grounds == {LIGHT if scheme == "light" else DARK}
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_is_the_systems_until_the_reader_chooses_another(browser: Any, place: str, scheme: str) -> None:
    own, other = (LIGHT, DARK) if scheme == "light" else (DARK, LIGHT)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    go(browser, place + "index.html")
    assert browser.execute_script(f"return {GROUND}") == own
    tab_to(browser, "◐")
    press(browser, ENTER)
    assert browser.execute_script(f"return {GROUND}") == other
    go(browser, place + "picture.html")
    assert browser.execute_script(f"return {GROUND}") == other, "on other pages, too"
    browser.switch_to.frame("drawing")
    wait_until(browser, "document.body.dataset.ready === 'yes'")
    wait_until(browser, f"document.documentElement.classList.contains('dark') === {str(other == DARK).lower()}")
    browser.switch_to.default_content()
    tab_to(browser, "◐")
    press(browser, ENTER)
    assert browser.execute_script(f"return {GROUND}") == own
    assert browser.execute_script("return localStorage.length") == 0, "and the system's is followed again"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_report_changes_its_theme_without_a_script(browser: Any, served: str) -> None:
    browser.get(served + "report.html?topic=question+answering")
    before = browser.execute_script(f"return {GROUND}")
    press(browser, TAB, " ")
    assert {before, browser.execute_script(f"return {GROUND}")} == {LIGHT, DARK}


def test_text_has_enough_contrast_in_both_themes(browser: Any, site: str) -> None:
    """WCAG AA: 4.5 to 1, for what is read."""
    script = """
        const part = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const light = (colour) => {  // a colour may be given in any notation: it is painted
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => part(v / 255));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const back = light(getComputedStyle(document.body).backgroundColor);
        const read = document.querySelectorAll('p, a, td, th, small, .quiet, .kind, .confidence, h1, h2, summary');
        return [...read].map((e) => [light(getComputedStyle(e).color), e.className, e.tagName])
            .filter(([l]) => (Math.max(l, back) + 0.05) / (Math.min(l, back) + 0.05) < 4.5).map(String)"""
    for scheme in ("light", "dark"):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        for address in ("index.html", "method/bert.html", "leaderboard/squad.html", "paper/arxiv-0003.00003.html"):
            go(browser, site + address)
            assert browser.execute_script(script) == [], (scheme, address)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_sentence_has_the_names_of_its_claim_marked(browser: Any, place: str) -> None:
    go(browser, place + "method/bert.html")
    marks = browser.execute_script(
        "const wanted = 'BERT beats BiDAF on SQuAD.';"
        "const said = [...document.querySelectorAll('.said p')].find((p) => p.textContent === wanted);"
        "return [...said.querySelectorAll('mark')].map((m) => m.textContent)"
    )
    assert marks == ["BERT", "BiDAF"]


def test_the_picture_shows_what_the_address_names(browser: Any, site: str) -> None:
    go(browser, site + "method/bert.html")
    browser.find_element("link text", "The picture around it").click()
    wait_until(browser, "document.getElementById('drawing') && " + READY)
    browser.switch_to.frame("drawing")
    wait_until(browser, "document.body.dataset.ready === 'yes'")
    wait_until(browser, "document.querySelector('#panel h2') !== null")
    assert browser.execute_script("return document.querySelector('#panel h2').textContent").strip() == "BERT"
    browser.switch_to.default_content()


def test_a_picture_that_is_open_follows_another_address(browser: Any, site: str) -> None:
    """The frame of a picture's page may be ready before the page gives it the concept."""
    browser.get(site + "drawing.html")
    wait_until(browser, "document.body.dataset.ready === 'yes'")
    browser.execute_script("location.hash = 'sel=method%3Abert'")
    wait_until(browser, "document.querySelector('#panel h2') !== null")
    assert browser.execute_script("return document.querySelector('#panel h2').textContent").strip() == "BERT"


def test_a_form_suggests_names_and_answers(browser: Any, served: str) -> None:
    go(browser, served + "question/beaten-by.html")
    tab_to(browser, "method")
    press(browser, "bert")
    wait_until(browser, "!document.getElementById('names-0').hidden")
    press(browser, DOWN, ENTER)
    assert browser.execute_script("return document.activeElement.value") == "BERT"
    press(browser, ENTER)
    wait_until(browser, "document.querySelector('table') !== null")
    assert "RoBERTa is better than BERT." in body(browser)
    assert complaints(browser) == []


def test_a_question_in_plain_words_is_answered_on_the_first_page(browser: Any, served: str) -> None:
    go(browser, served)
    tab_to(browser, "q")
    tab_to(browser, "q")
    press(browser, "what beats BERT?", ENTER)
    wait_until(browser, "document.body.innerText.includes('Understood as')")
    assert "What beats a method" in body(browser)
    assert "XLNet is better than BERT." in body(browser)


def test_hostile_text_is_shown_as_it_is_and_runs_nothing(browser: Any, hostile_site: str) -> None:
    complaints(browser)
    titles = set()
    for typed in (SCRIPT[:8], CLIMB[:5], QUOTE[:6]):
        go(browser, hostile_site + "index.html")
        press(browser, "/", typed)
        wait_until(browser, "!document.getElementById('suggestions').hidden")
        press(browser, DOWN, ENTER)
        wait_until(browser, "!location.href.endsWith('index.html') && " + READY)
        time.sleep(0.1)
        titles.add(browser.title)
        assert browser.find_elements("css selector", "img, main script") == []
        assert browser.current_url.startswith(hostile_site)
    assert titles == {f"{name} · abstractkg" for name in (SCRIPT, CLIMB, QUOTE)}
    assert complaints(browser) == []
