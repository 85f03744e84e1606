"use strict";
// All text of papers reaches the page through textContent or the canvas, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const css = getComputedStyle(document.documentElement);
const text = css.getPropertyValue("--text").trim();
const byId = new Map(data.nodes.map((node) => [node.id, node]));
const hidden = new Set();

const nodes = new vis.DataSet(data.nodes.map((n) => ({ ...n, font: { color: text }, title: undefined })));
const edges = new vis.DataSet(data.edges.map((e, i) => ({ ...e, id: i, title: tip(e) })));
const view = new vis.DataView(nodes, { filter: (n) => !hidden.has(n.kind) });
const network = new vis.Network(document.getElementById("graph"), { nodes: view, edges }, {
  physics: false,
  interaction: { hover: true, keyboard: { bindToWindow: false }, hideEdgesOnDrag: data.nodes.length > 500 },
  edges: { arrows: { to: { scaleFactor: 0.5 } }, color: { color: "#9aa0a6", opacity: 0.6 }, smooth: false },
  nodes: { scaling: { label: { drawThreshold: 9 } } },
});

function element(name, content, parent) {
  const made = document.createElement(name);
  if (content !== undefined) made.textContent = content;
  if (parent) parent.append(made);
  return made;
}

function words(relation) { return relation.toLowerCase().replaceAll("_", " "); }

function tip(edge) {
  const box = element("div");
  box.style.cssText = "max-width:26rem;white-space:normal";
  element("b", words(edge.relation) + " (" + edge.count + (edge.count === 1 ? " paper" : " papers") + ")", box);
  const first = edge.statements[0];
  if (first) element("div", first.sentence + " [" + Number(first.confidence).toFixed(2) + "]", box);
  return box;
}

function show(id) {
  const node = byId.get(id);
  const panel = document.getElementById("panel");
  panel.replaceChildren();
  element("h2", node.label, panel);
  element("p", node.kind + ", in " + node.papers + (node.papers === 1 ? " paper" : " papers"), panel);
  const others = node.aliases.filter((alias) => alias !== node.label);
  if (others.length) element("p", "Also: " + others.join(", "), panel);
  const own = data.edges.filter((e) => e.from === id || e.to === id);
  for (const relation of [...new Set(own.map((e) => e.relation))].sort()) {
    element("h3", words(relation), panel);
    for (const edge of own.filter((e) => e.relation === relation)) statement(edge, id, panel);
  }
  if (!own.length) element("p", "No statement about it is shown.", panel);
}

function statement(edge, id, panel) {
  const line = element("div", edge.from === id ? "→ " : "← ", panel);
  const other = byId.get(edge.from === id ? edge.to : edge.from);
  element("button", other.label, line).addEventListener("click", () => go(other.id));
  for (const said of edge.statements) {
    const quote = element("blockquote", said.sentence, panel);
    const paper = data.papers[said.paper] || {};
    const cite = element("cite", undefined, quote);
    const name = (paper.title || said.paper) + (paper.year ? " (" + paper.year + ")" : "");
    if (/^https?:\/\//.test(paper.url || "")) {
      const link = element("a", name, cite);
      link.href = paper.url;
      link.rel = "noreferrer";
    } else cite.textContent = name;
  }
}

function go(id) {
  hidden.delete(byId.get(id).kind);
  view.refresh();
  network.selectNodes([id]);
  network.focus(id, { scale: 1.1, animation: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  show(id);
}

const named = new Map();
for (const node of data.nodes) for (const name of [node.label, ...node.aliases]) {
  if (!named.has(name.toLowerCase())) {
    named.set(name.toLowerCase(), node.id);
    element("option", undefined, document.getElementById("names")).value = name;
  }
}
document.getElementById("search").addEventListener("change", (event) => {
  const found = named.get(event.target.value.trim().toLowerCase());
  if (found) go(found);
});

for (const [kind, style] of Object.entries(data.styles)) {
  const label = element("label", undefined, document.getElementById("legend"));
  const box = element("input", undefined, label);
  box.type = "checkbox";
  box.checked = true;
  element("i", undefined, label).style.background = style.color;
  label.append(kind);
  box.addEventListener("change", () => {
    box.checked ? hidden.delete(kind) : hidden.add(kind);
    view.refresh();
  });
}
document.getElementById("note").textContent = data.nodes.length + " concepts"
  + (data.leftOut ? ", " + data.leftOut + " less mentioned left out" : "");
network.on("selectNode", (event) => show(event.nodes[0]));
network.once("afterDrawing", () => { network.fit(); document.body.dataset.ready = "yes"; });
