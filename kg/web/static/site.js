"use strict";
// Search as one types, in the search field and in fields for names. A served graph is asked for suggestions; a static
// site loads its names (static/names.js) when they are first needed.
(() => {
  const { root, live } = document.documentElement.dataset;
  const served = live === "yes";
  const LABELS = ["Method", "Task", "Dataset", "Metric"];
  let names = null;

  /** All names of a static site, loaded once by a script element: a page from a file may not fetch. */
  function load() {
    names ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = root + "static/names.js";
      script.onload = () => resolve(window.abstractkgNames);
      script.onerror = () => reject(new Error("static/names.js cannot be loaded"));
      document.head.append(script);
    });
    return names;
  }

  /** How near a form is to what was typed: 0 the same, 1 begins with it, 2 a word does, 3 anywhere, 4 nowhere. */
  function nearness(form, typed) {
    const low = form.toLowerCase(), place = low.indexOf(typed);
    if (place < 0) return 4;
    if (low === typed) return 0;
    return place === 0 ? 1 : /[\p{L}\p{N}]/u.test(low[place - 1]) ? 3 : 2;
  }

  async function find(text, kinds, most) {
    const typed = text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
    if (!typed) return [];
    if (served) {
      const asked = new URLSearchParams({ q: text, limit: most });
      for (const kind of kinds) asked.append("kind", kind);
      const answer = await fetch(`${root}api/search?${asked}`);
      return answer.ok ? answer.json() : [];
    }
    const found = [];
    for (const [name, kind, page, papers, year, ...others] of await load()) {
      if (kinds.length && !kinds.includes(kind)) continue;
      let best = nearness(name, typed), other = "";
      for (const form of others) {
        const near = nearness(form, typed);
        if (near < best) { best = near; other = form; }
      }
      if (best < 4) found.push({ best, name, kind, page, papers, year, other });
    }
    found.sort((a, b) => a.best - b.best || b.papers - a.papers || (a.name < b.name ? -1 : 1));
    return found.slice(0, most);
  }

  function element(tag, text, properties = {}) {
    const made = Object.assign(document.createElement(tag), properties);
    made.textContent = text;
    return made;
  }

  const details = (hit) => (hit.kind === "Paper" ? String(hit.year ?? "") : `${hit.papers} paper${hit.papers === 1 ? "" : "s"}`);

  /** A field that suggests names: arrows choose, Enter takes, Escape closes. */
  function suggest(input, list, kinds, take) {
    let hits = [], chosen = -1, turn = 0;
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) input.removeAttribute("aria-activedescendant");
    };
    const choose = (place) => {
      chosen = place;
      [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
      if (chosen >= 0) {
        input.setAttribute("aria-activedescendant", list.children[chosen].id);
        list.children[chosen].scrollIntoView({ block: "nearest" });
      }
    };
    input.addEventListener("input", async () => {
      const mine = ++turn;
      const found = await find(input.value, kinds, 10);
      if (mine !== turn) return;
      hits = found;
      list.replaceChildren(...hits.map((hit, n) => {
        const item = element("li", "", { id: `${list.id}-${n}` });
        item.setAttribute("role", "option");
        item.append(element("span", hit.name + (hit.other ? ` (${hit.other})` : ""), { className: "name" }),
          element("small", `${hit.kind}, ${details(hit)}`));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); show(false); take(hit); });
        return item;
      }));
      chosen = -1;
      show(hits.length > 0);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { show(false); return; }
      if (list.hidden || !hits.length) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose((chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1) + hits.length) % hits.length);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        show(false);
        take(hits[chosen]);
      }
    });
    input.addEventListener("blur", () => show(false));
  }

  const field = document.getElementById("q");
  suggest(field, document.getElementById("suggestions"), [], (hit) => { location.href = root + hit.page; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      field.focus();
    }
  });

  document.querySelectorAll("input[data-kind]").forEach((input, n) => {
    const kind = input.dataset.kind, label = kind[0].toUpperCase() + kind.slice(1);
    const kinds = kind === "concept" ? LABELS : LABELS.includes(label) || label === "Paper" ? [label] : [];
    if (!kinds.length) return;
    const box = element("span", "", { className: "suggest" }), list = element("ul", "", { id: `names-${n}`, hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
      input.setAttribute(name, value);
    }
    input.replaceWith(box);
    box.append(input, list);
    suggest(input, list, kinds, (hit) => { input.value = hit.name; });
  });

  /** The picture of a static site shows the concept that the address names. */
  const drawing = document.getElementById("drawing");
  if (drawing && location.hash) drawing.src = "drawing.html" + location.hash;

  /** The search page of a static site. */
  const hits = document.getElementById("hits");
  if (hits && !served) {
    const wanted = new URLSearchParams(location.search).get("q") ?? "";
    field.value = wanted;
    find(wanted, [], 100).then((found) => {
      document.getElementById("found-count").textContent = wanted ? `${found.length} hit${found.length === 1 ? "" : "s"} for “${wanted}”.` : "Type a name, a title or an author.";
      hits.replaceChildren(...found.map((hit) => {
        const item = document.createElement("li");
        item.append(element("span", hit.kind, { className: `kind ${hit.kind.toLowerCase()}` }), " ",
          element("a", hit.name, { href: root + hit.page }), " ",
          element("span", (hit.other ? `also ${hit.other} · ` : "") + details(hit), { className: "quiet" }));
        return item;
      }));
    });
  }
  document.documentElement.dataset.ready = "yes";
})();
