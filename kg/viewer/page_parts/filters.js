// Legend and filters: types, communities, relationships, years, papers, confidence.
function tick(parent, { sign, name, title, n, off, key }) {
  const row = element("label", undefined, parent, "row");
  const box = element("input", undefined, row);
  box.type = "checkbox";
  box.checked = !off.has(key);
  box.dataset.key = key;
  row.append(sign);
  const text = element("span", name, row, "name");
  text.title = title || name;
  element("span", n.toLocaleString("en"), row, "n");
  box.addEventListener("change", () => {
    if (box.checked) off.delete(key);
    else off.add(key);
    changed();
  });
}

function swatch(colour) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", "14");
  svg.setAttribute("height", "14");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", "M0 7h9M7 3.5L13 7 7 10.5z");
  line.setAttribute("stroke", colour);
  line.setAttribute("stroke-width", "1.6");
  line.setAttribute("fill", colour);
  svg.append(line);
  return svg;
}

function shownNodes() { return nodes.filter((n) => !n.folded || state.shown.has(n)); }

function drawLegend() {
  for (const id of ["types", "parts", "relations"]) $(id).querySelectorAll(".row, .ramp, .ends").forEach((row) => row.remove());
  const all = shownNodes();
  const shown = new Set(all);
  for (const kind of Object.keys(data.shapes)) {
    const n = all.filter((node) => node.kind === kind).length;
    if (n) tick($("types"), { sign: icon({ kind }), name: kind, n, off: state.offTypes, key: kind });
  }
  if (state.colour === "year" && span[1]) ramp($("types"));
  $("parts").hidden = state.colour !== "community";
  if (state.colour === "community") drawParts(all);
  for (const [type, relation] of Object.entries(data.relations)) {
    const n = edges.filter((edge) => edge.type === type && shown.has(edge.from) && shown.has(edge.to)).length;
    const sign = swatch(look.types[relation.colour] || look[relation.colour]);
    if (n) tick($("relations"), { sign, name: relation.out, title: relation.meaning, n, off: state.offRelations, key: type });
  }
}

function drawParts(all) {
  const parts = new Map();
  for (const node of all) {
    if (node.part === undefined) continue;
    if (!parts.has(node.part)) parts.set(node.part, []);
    parts.get(node.part).push(node);
  }
  for (const [key, members] of [...parts].sort((a, b) => a[0] - b[0])) {
    const top = [...members].sort((a, b) => b.papers - a.papers || b.edges.length - a.edges.length).slice(0, 3).map((n) => n.name);
    const sign = element("i", undefined, undefined, "dot");
    sign.style.background = look.parts[key % look.parts.length];
    tick($("parts"), { sign, name: data.parts[key].title || top[0], title: top.join(", "), n: members.length, off: state.offParts, key });
  }
}

function ramp(parent) {
  element("div", undefined, parent, "ramp").style.background = "linear-gradient(90deg," + mix(look.ramp, 0) + "," + mix(look.ramp, 1) + ")";
  const ends = element("div", undefined, parent, "ends");
  for (const year of span) element("span", String(year), ends);
}

function slider(id, label, text, inputs) {
  const box = element("div", undefined, $("sliders"), "slider");
  box.id = id;
  element("span", label, box);
  const output = element("output", undefined, box);
  const track = element("div", undefined, box, "track");
  if (inputs.length > 1) element("div", undefined, track, "rail");
  const made = inputs.map(({ name, min, max, step, get, set }) => {
    const input = element("input", undefined, track, inputs.length > 1 ? "two" : "");
    Object.assign(input, { type: "range", min, max, step });
    input.setAttribute("aria-label", name);
    input.addEventListener("input", () => { set(Number(input.value)); changed(); });
    return () => { input.value = get(); };
  });
  return () => {
    made.forEach((update) => update());
    output.textContent = text();
  };
}

const sliders = [];
function startFilters() {
  const year = (n) => ({ name: n ? "last year" : "first year", min: span[0], max: span[1], step: 1, get: () => state.years[n],
    set: (value) => { state.years[n] = n ? Math.max(value, state.years[0]) : Math.min(value, state.years[1]); } });
  if (span[1] > span[0]) sliders.push(slider("years", "Years", () => state.years.join("–"), [year(0), year(1)]));
  sliders.push(slider("papers", "Papers", () => "at least " + state.papers, [{ name: "least number of papers", min: 1,
    max: Math.max(2, Math.min(30, mostPapers)), step: 1, get: () => state.papers, set: (value) => { state.papers = value; } }]));
  sliders.push(slider("confidence", "Confidence", () => "at least " + state.confidence.toFixed(2), [{ name: "least confidence",
    min: 0, max: 1, step: 0.05, get: () => state.confidence, set: (value) => { state.confidence = value; } }]));
  $("arrange").addEventListener("change", (event) => { arrange(event.target.value); changed(); fit(); });
  $("colour").addEventListener("change", (event) => { state.colour = event.target.value; changed(); });
  $("reset").addEventListener("click", reset);
  $("menu").addEventListener("click", () => {
    $("filters").hidden = !$("filters").hidden;
    $("menu").setAttribute("aria-expanded", String(!$("filters").hidden));
  });
}

function reset() {
  for (const off of [state.offTypes, state.offParts, state.offRelations, state.gone]) off.clear();
  Object.assign(state, { years: [...span], papers: 1, confidence: 0 });
  changed();
}

function updateFilters() {
  $("colour").value = state.colour;
  $("arrange").value = state.arrange;
  sliders.forEach((update) => update());
  drawLegend();
}
