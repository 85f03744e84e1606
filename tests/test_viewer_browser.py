"""The page in a real browser without network: what a reader sees and does, and that text stays text."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import pytest
from browser import chromium, complaints, open_page, requests, wait_until
from viewer_graph import COMMENT, IMAGE, SCRIPT, small_graph

from kg.viewer import write_view

PANEL = "document.getElementById('panel').innerText"
TAB, ENTER, ESCAPE, RIGHT = "\ue004", "\ue007", "\ue00c", "\ue014"
NOTE = "document.getElementById('note').textContent"


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def browser(downloads: Path) -> Iterator[Any]:
    with chromium(downloads) as driver:
        yield driver


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "view.html"
    write_view(small_graph(), path)
    return path


@pytest.fixture
def page(browser: Any, file: Path) -> Any:
    """The hand-made graph's page, open and drawn; afterwards the console must have been silent."""
    open_page(browser, file)
    complaints(browser)
    yield browser
    assert complaints(browser) == []


def text(driver: Any, expression: str) -> str:
    return str(driver.execute_script(f"return {expression}"))


def link(driver: Any) -> dict[str, str]:
    """The state that the address tells, a moment after the last change."""
    time.sleep(0.45)
    return {key: values[0] for key, values in parse_qs(driver.current_url.partition("#")[2]).items()}


def search(driver: Any, typed: str) -> None:
    field = driver.find_element("id", "search")
    field.clear()
    field.send_keys(typed)


def press(driver: Any, *keys: str) -> None:
    driver.find_element("id", "graph").send_keys(*keys)


def keys(driver: Any, *typed: str) -> None:
    """Keys to whatever has the focus."""
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver, duration=20).send_keys(*typed).perform()


def tick(driver: Any, key: str) -> None:
    driver.find_element("css selector", f"#filters input[data-key='{key}']").click()


def slide(driver: Any, box: str, value: str, thumb: int = 0) -> None:
    script = "const i = document.querySelectorAll(arguments[0])[arguments[1]]; i.value = arguments[2];"
    driver.execute_script(script + "i.dispatchEvent(new Event('input'))", f"#{box} input", thumb, value)


def on_screen(driver: Any, *names: str) -> tuple[int, int]:
    """Where the middle between concepts lies, from the middle of the picture: by the page's data and its link."""
    nodes = {n["name"]: n for n in json.loads(text(driver, "document.getElementById('data').textContent"))["nodes"]}
    x, y, scale = map(float, link(driver)["at"].split("~"))
    middle = [sum(nodes[name][axis] for name in names) / len(names) for axis in ("x", "y")]
    return round((middle[0] - x) * scale), round((middle[1] - y) * scale)


def pointer(driver: Any, at: tuple[int, int], *acts: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    chain = ActionChains(driver, duration=20).move_to_element_with_offset(driver.find_element("id", "graph"), *at)
    for act in acts:
        getattr(chain, act)()
    chain.perform()


def test_the_page_asks_no_network(browser: Any, file: Path) -> None:
    requests(browser)
    open_page(browser, file)
    assert requests(browser) == []
    assert complaints(browser) == []


def test_hostile_text_is_shown_as_it_is_and_runs_nothing(page: Any) -> None:
    search(page, "BERT\n")
    shown = text(page, PANEL)
    assert SCRIPT in shown
    assert IMAGE in shown
    search(page, "alert\n")
    assert COMMENT in page.execute_script("return document.getElementById('panel').textContent")
    assert page.find_elements("css selector", "img, #panel script") == []
    assert page.title == "abstractkg"


def test_search_completes_names_and_aliases_and_opens_the_card(page: Any) -> None:
    search(page, "encoder rep")
    options = page.find_elements("css selector", "#found [role=option]")
    assert [o.text.split("\n")[0].split(" also")[0] for o in options] == ["BERT"]
    search(page, "s")
    assert len(page.find_elements("css selector", "#found [role=option]")) >= 3
    search(page, "sim-cs\n")
    assert text(page, PANEL).startswith("×\n SimCSE")
    assert link(page)["sel"] == "method:simcse"


def test_the_card_groups_statements_and_marks_the_names_in_their_sentences(page: Any) -> None:
    search(page, "SimCSE\n")
    card = text(page, PANEL)
    assert "Method in 2 papers, 2019–2021" in card
    assert "Also written: Sim-CSE" in card
    for phrase in ("used for 1", "evaluated on 1", "based on 1", "outperforms 1"):
        assert phrase in card
    quotes = [q.get_property("innerHTML") for q in page.find_elements("css selector", "#panel blockquote")]
    assert any(q.startswith("<mark>SimCSE</mark> reaches 76.3 on <mark>STS-B</mark>.<cite>") for q in quotes)
    assert "confidence 0.70" in card
    assert page.find_element("css selector", "#panel cite a").get_attribute("href") == "https://example.org/1"


def test_a_click_on_a_node_opens_its_card_and_one_beside_closes_it(page: Any) -> None:
    pointer(page, on_screen(page, "STS-B"), "click")
    wait_until(page, f"{PANEL}.includes('STS benchmark')")
    pointer(page, (-280, 280), "click")
    wait_until(page, "document.getElementById('panel').hidden")


def test_an_edge_tells_its_sentence_and_confidence_under_the_pointer_and_all_of_them_by_click(page: Any) -> None:
    at = on_screen(page, "ImageNet", "accuracy")
    pointer(page, at)
    wait_until(page, "!document.getElementById('tip').hidden")
    assert text(page, "document.getElementById('tip').textContent") == (
        "ImageNet measured by accuracyImageNet is scored by accuracy.1 paper, 2023, best confidence 0.90, support 0.90"
    )
    pointer(page, at, "click")
    wait_until(page, f"{PANEL}.includes('1 paper, 2023, best confidence')")


def test_the_legend_filters_types_and_relationships(page: Any) -> None:
    tick(page, "Metric")
    assert text(page, NOTE).startswith("8 concepts and 9 relationships now")
    tick(page, "BASED_ON")
    assert text(page, NOTE).startswith("8 concepts and 7 relationships now")
    assert link(page)["types"] == "Metric"
    page.find_element("id", "reset").click()
    assert text(page, NOTE) == "9 concepts and 10 relationships"


def test_sliders_ask_for_years_papers_and_confidence(page: Any) -> None:
    slide(page, "confidence", "0.5")
    assert text(page, NOTE).startswith("9 concepts and 9 relationships now")
    slide(page, "years", "2020", 0)
    assert text(page, NOTE).startswith("9 concepts and 6 relationships now")
    slide(page, "years", "2021", 1)
    assert text(page, NOTE).startswith("5 concepts and 3 relationships now")
    slide(page, "papers", "2")
    assert text(page, NOTE).startswith("3 concepts and 2 relationships now")


def test_keys_find_walk_unfold_and_change_the_theme(page: Any) -> None:
    press(page, "/")
    assert page.switch_to.active_element.get_attribute("id") == "search"
    press(page, "n")
    assert "BERT" in text(page, PANEL)
    press(page, "e")
    assert text(page, NOTE).startswith("8 concepts")
    press(page, "e")
    assert text(page, NOTE) == "9 concepts and 10 relationships"
    walked = set()
    for key in "\ue012\ue013\ue014\ue015":  # the arrows
        press(page, key)
        walked.add(text(page, "document.querySelector('#panel h2').textContent"))
    assert len(walked) > 1
    press(page, "d")
    assert text(page, "document.documentElement.className") == "dark"
    press(page, "\ue00c")  # escape
    assert text(page, "document.getElementById('panel').hidden") == "True"


def test_a_link_reproduces_the_view(browser: Any, file: Path) -> None:
    open_page(browser, file)
    search(browser, "STS-B\n")
    tick(browser, "Metric")
    slide(browser, "confidence", "0.5")
    press(browser, "d", "+")
    left = link(browser)
    shown = [text(browser, expression) for expression in (PANEL, NOTE, "document.documentElement.className")]
    address = browser.current_url.partition("#")[2]
    open_page(browser, file, address)
    assert link(browser) == left
    assert [text(browser, e) for e in (PANEL, NOTE, "document.documentElement.className")] == shown


def test_a_link_that_does_not_fit_the_page_is_passed_over(browser: Any, file: Path) -> None:
    open_page(browser, file, "sel=method:nobody&unfold=999~x&edge=77&at=a~b&years=1-2-3&colour=%3Cscript%3E&moved=9.9")
    assert text(browser, NOTE) == "9 concepts and 10 relationships"
    assert complaints(browser) == []


def test_dragging_a_node_moves_it_and_the_link_remembers(page: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    at = on_screen(page, "STS-B")
    chain = ActionChains(page, duration=20).move_to_element_with_offset(page.find_element("id", "graph"), *at)
    chain.click_and_hold().move_by_offset(15, 10).move_by_offset(25, 10).release().perform()
    assert link(page)["moved"].count(".") == 2


def test_forces_settle_and_stop(page: Any) -> None:
    page.find_element("id", "settle").click()
    wait_until(page, "document.body.dataset.settling === 'yes'")
    wait_until(page, "document.body.dataset.settling === ''")
    moved = link(page)["moved"]
    time.sleep(0.3)
    assert link(page)["moved"] == moved
    assert moved.count("~") == 8


def downloaded(folder: Path, name: str) -> bytes:
    for _ in range(200):
        if (folder / name).exists():
            return (folder / name).read_bytes()
        time.sleep(0.05)
    pytest.fail(f"{name} was not saved; there are {[p.name for p in folder.iterdir()]}")


def test_what_is_seen_is_saved_as_png_and_svg(page: Any, downloads: Path) -> None:
    size = page.execute_script("const g = document.getElementById('graph'); return [g.clientWidth, g.clientHeight]")
    page.find_element("id", "png").click()
    png = downloaded(downloads, "abstractkg.png")
    assert png.startswith(b"\x89PNG")
    assert [int.from_bytes(png[16:20]), int.from_bytes(png[20:24])] == [2 * side for side in size]
    page.find_element("id", "svg").click()
    root = ET.fromstring(downloaded(downloads, "abstractkg.svg"))
    texts = {"".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"BERT", "SimCSE", IMAGE[:23] + "…"} & texts >= {"BERT", "SimCSE"}
    assert root.find(".//{http://www.w3.org/2000/svg}img") is None


def test_every_concept_can_be_read_without_the_picture(page: Any) -> None:
    page.find_element("id", "list").click()
    names = {b.text for b in page.find_elements("css selector", "#panel .go")}
    assert {"SimCSE", "BERT", IMAGE, "STS-B", "accuracy"} <= names
    assert len(names) == 9
    tick(page, "Method")
    assert {b.text for b in page.find_elements("css selector", "#panel .go")} == {
        *("STS-B", "semantic similarity", "ImageNet", "image classification", "accuracy")
    }
    unnamed = "[...document.querySelectorAll('button, input, select, [role=img], aside')]"
    unnamed += ".filter(e => !(e.ariaLabel || e.textContent.trim() || e.labels?.[0]?.textContent.trim()))"
    assert page.execute_script(f"return {unnamed}.map(e => e.outerHTML)") == []


def test_folded_neighbours_unfold_around_their_concept(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "about.html"
    write_view(small_graph(), file, about="SimCSE")
    open_page(browser, file)
    before = text(browser, NOTE)
    assert before == "5 concepts and 7 relationships; 1 neighbour to unfold"
    search(browser, "BERT\n")
    browser.find_element("xpath", "//button[.='Unfold 1 neighbour']").click()
    assert text(browser, NOTE).startswith("6 concepts")
    assert link(browser)["unfold"] == "5"
    assert complaints(browser) == []


@pytest.mark.parametrize(
    ("picture", "choices"), [("lineage", {"about": "BERT"}), ("results", {"about": "STS-B"}), ("heatmap", {})]
)
@pytest.mark.parametrize("suffix", ["html", "svg"])
def test_still_pictures_show_text_as_it_is_and_ask_no_network(
    browser: Any, tmp_path: Path, picture: str, choices: dict[str, str], suffix: str
) -> None:
    file = tmp_path / f"picture.{suffix}"
    write_view(small_graph(), file, picture=picture, **choices)  # type: ignore[arg-type]
    browser.get("about:blank")
    requests(browser), complaints(browser)
    browser.get(file.as_uri())
    assert requests(browser) == []
    assert complaints(browser) == []
    assert browser.execute_script("return document.querySelectorAll('img, script').length") == 0
    assert browser.execute_script("return document.documentElement.textContent").count("SimCSE") > 0


def test_time_stands_on_an_axis_if_wished_and_the_link_keeps_it(page: Any, file: Path, downloads: Path) -> None:
    (downloads / "abstractkg.svg").unlink(missing_ok=True)
    page.execute_script(
        "const s = document.getElementById('arrange'); s.value = 'time'; s.dispatchEvent(new Event('change'))"
    )
    assert link(page)["arrange"] == "time"
    page.find_element("id", "svg").click()
    found = ET.fromstring(downloaded(downloads, "abstractkg.svg")).iter("{http://www.w3.org/2000/svg}text")
    places = {"".join(t.itertext()): float(t.get("x", 0)) for t in found}
    assert places["2019"] < places["2023"]
    assert places["SimCSE"] < places["2023"] < places["no year"]
    address = page.current_url.partition("#")[2]
    open_page(page, file, address)
    assert link(page)["arrange"] == "time"


def test_a_page_that_was_written_by_time_opens_so(browser: Any, tmp_path: Path) -> None:
    write_view(small_graph(), tmp_path / "time.html", arrange="time")
    open_page(browser, tmp_path / "time.html")
    assert browser.find_element("id", "arrange").get_property("value") == "time"
    assert "arrange" not in link(browser)
    open_page(browser, tmp_path / "time.html", "arrange=near")
    assert browser.find_element("id", "arrange").get_property("value") == "near"
    assert complaints(browser) == []


def test_a_saved_image_has_the_communities_titles_and_its_source(page: Any, downloads: Path) -> None:
    (downloads / "abstractkg.svg").unlink(missing_ok=True)
    page.find_element("id", "svg").click()
    found = ET.fromstring(downloaded(downloads, "abstractkg.svg")).iter("{http://www.w3.org/2000/svg}text")
    texts = {"".join(t.itertext()) for t in found}
    assert {"semantic similarity", "image classification", "Read by abstractkg in 3 abstracts, 2019–2023"} <= texts


@pytest.fixture
def narrow(browser: Any) -> Iterator[Any]:
    """The browser as a telephone: 390 pixels wide, touched with a finger. Afterwards the console was silent."""
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    complaints(browser)
    yield browser
    assert complaints(browser) == []
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture
def telephone(narrow: Any, file: Path) -> Any:
    """The page of the graph on a telephone."""
    open_page(narrow, file)
    return narrow


def tap(driver: Any, x: float, y: float) -> None:
    for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
        driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_near_a_node_opens_its_card_below_the_picture(telephone: Any) -> None:
    assert telephone.execute_script("return document.documentElement.scrollWidth") <= 390
    data = json.loads(text(telephone, "document.getElementById('data').textContent"))
    (sts,) = (n for n in data["nodes"] if n["name"] == "STS-B")
    down, right = reversed(data["parts"][sts["part"]]["tall"])
    x, y, scale = map(float, link(telephone)["at"].split("~"))
    left, top, width, height = telephone.execute_script(
        "const b = document.getElementById('graph').getBoundingClientRect(); return [b.left, b.top, b.width, b.height]"
    )
    at = (sts["x"] + right - x) * scale + left + width / 2, (sts["y"] + down - y) * scale + top + height / 2
    tap(telephone, at[0] + 12, at[1] - 12)
    wait_until(telephone, f"{PANEL}.includes('STS benchmark')")
    box = telephone.find_element("id", "panel").rect
    assert box["width"] == 390
    assert box["y"] > 844 * 0.4


def test_what_a_finger_presses_on_a_telephone_is_large_enough(telephone: Any) -> None:
    telephone.find_element("id", "more").click()
    telephone.find_element("id", "menu").click()
    small = "[...document.querySelectorAll('header button, #filters button, #filters select, #search')]"
    small += ".filter(e => e.offsetHeight < 44).map(e => e.id)"
    assert telephone.execute_script(f"return {small}") == []
    for name in ("list", "png", "theme"):
        assert telephone.find_element("id", name).is_displayed()


def test_the_picture_is_used_with_the_keyboard_alone_on_a_telephone(telephone: Any) -> None:
    """As by somebody with a keyboard at the telephone: find a concept, read it, close it, open the tools."""
    reached = []
    while "graph" not in reached:
        keys(telephone, TAB)
        reached.append(str(telephone.execute_script("return document.activeElement.id")))
        assert len(reached) < 30, reached
    assert {"menu", "search", "more"} <= set(reached)
    keys(telephone, "/", "sts", ENTER)
    wait_until(telephone, f"{PANEL}.includes('STS benchmark')")
    keys(telephone, ESCAPE, ESCAPE)  # out of the field, and the details closed
    wait_until(telephone, "document.getElementById('panel').hidden")
    telephone.execute_script("document.getElementById('more').focus()")
    keys(telephone, ENTER, TAB)
    first = telephone.execute_script("const a = document.activeElement; return [a.id, a.offsetHeight >= 44]")
    assert first == ["list", True]


PICTURES = [("lineage", {"about": "BERT"}), ("results", {"about": "STS-B"}), ("heatmap", {})]


@pytest.mark.parametrize(("picture", "choices"), PICTURES)
def test_still_pictures_are_read_on_a_telephone_with_the_keyboard_alone(
    narrow: Any, tmp_path: Path, picture: str, choices: dict[str, str]
) -> None:
    file = tmp_path / "picture.html"
    write_view(small_graph(), file, picture=picture, **choices)  # type: ignore[arg-type]
    narrow.get(file.as_uri())
    assert narrow.execute_script("return document.documentElement.scrollWidth") <= 390
    beyond = narrow.execute_script("const f = document.querySelector('figure'); return f.scrollWidth > f.clientWidth")
    hint = narrow.execute_script("return document.querySelector('.hint').offsetHeight > 0")
    assert hint == beyond, "that there is more to the right is said where there is"
    ground = "getComputedStyle(document.body).backgroundColor"
    before = narrow.execute_script(f"return {ground}")
    keys(narrow, TAB, " ")
    assert {before, narrow.execute_script(f"return {ground}")} == {"rgb(255, 255, 255)", "rgb(20, 23, 27)"}
    keys(narrow, TAB)
    assert narrow.execute_script("return document.activeElement.tagName") == "FIGURE"
    if beyond:
        keys(narrow, RIGHT, RIGHT)
        wait_until(narrow, "document.querySelector('figure').scrollLeft > 0")
    keys(narrow, TAB, ENTER)
    assert narrow.execute_script("return document.querySelector('details').open")
    assert narrow.execute_script("return document.documentElement.scrollWidth") <= 390


def test_values_and_names_of_results_stand_in_the_first_screen_of_a_telephone(narrow: Any, tmp_path: Path) -> None:
    file = tmp_path / "results.html"
    write_view(small_graph(), file, picture="results", about="STS-B")
    narrow.get(file.as_uri())
    texts = narrow.execute_script(
        "return [...document.querySelectorAll('svg text')]"
        ".map((t) => [t.firstChild.textContent, t.getBoundingClientRect().right])"
    )
    ends = dict(texts)
    assert ends["SimCSE"] <= 390
    assert ends["76.3"] <= 390
