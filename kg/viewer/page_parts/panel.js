// The panel: a concept's card, an edge's statements, or all concepts as a list.
function openPanel() {
  const panel = $("panel");
  state.list = false;
  panel.replaceChildren();
  panel.hidden = false;
  panel.scrollTop = 0;
  const close = element("button", "×", panel, "close");
  close.setAttribute("aria-label", "Close details");
  close.addEventListener("click", () => choose(null));
  return panel;
}

function closePanel() {
  $("panel").hidden = true;
  state.list = false;
}

function icon(node) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" })) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const shapes = { circle: "M7 1.5a5.5 5.5 0 1 0 .01 0z", square: "M2 2h10v10H2z", diamond: "M7 0l7 7-7 7-7-7z", triangle: "M7 .5l6.8 12H.2z",
    page: "M2 1h7l3 3v9H2z" };
  path.setAttribute("d", shapes[data.shapes[node.kind]]);
  path.setAttribute("fill", node.name ? colourOf(node) : look.types[node.kind]);
  svg.append(path);
  return svg;
}

function goButton(node, parent) {
  const button = element("button", node.name, parent, "go");
  button.addEventListener("click", () => go(node));
  return button;
}

function showConcept(node) {
  const panel = openPanel();
  const heading = element("h2", undefined, panel);
  heading.append(icon(node), " " + node.name);
  const known = node.at.map((p) => data.papers[p].year).filter(Boolean);
  const when = known.length ? ", " + [...new Set(extent(known))].join("–") : "";
  element("p", node.kind + " in " + plural(node.papers, "paper") + when, panel, "about");
  if (node.aliases.length) element("p", "Also written: " + node.aliases.join(" · "), panel, "also");
  acts(node, panel);
  if (node.intro.length) {
    element("h3", "Introduced", panel);
    for (const statement of node.intro) quote(statement, [node], panel);
  }
  groups(node, panel);
  resultsTable(node, panel);
  paperList(node, panel);
}

function acts(node, panel) {
  const row = element("div", undefined, panel, "acts");
  const add = (text, act) => element("button", text, row).addEventListener("click", act);
  const more = hiddenAround(node).length;
  if (more) add("Unfold " + plural(more, "neighbour"), () => unfold(node));
  add("Fold neighbours", () => fold(node));
  add("Centre", () => flyTo(node));
}

// Statements by relationship and direction, each other concept once with what is said of both.
function groups(node, panel) {
  const found = new Map();
  for (const edge of node.edges) {
    if (state.offRelations.has(edge.type) || !said(edge).length) continue;
    const phrase = data.relations[edge.type][edge.from === node ? "out" : "in"];
    if (!found.has(phrase)) found.set(phrase, []);
    found.get(phrase).push(edge);
  }
  for (const [phrase, own] of [...found].sort((a, b) => b[1].length - a[1].length)) {
    const group = element("details", undefined, panel, "group");
    group.open = true;
    const summary = element("summary", phrase + " ", group);
    element("span", String(own.length), summary, "n");
    own.sort((a, b) => support(b) - support(a) || other(b, node).papers - other(a, node).papers);
    own.forEach((edge, n) => entry(edge, node, group, n < 3));
  }
  if (!found.size) element("p", "No statement about it passes the filters.", panel, "about");
}

function entry(edge, node, parent, open) {
  const box = element("div", undefined, parent, "entry");
  const end = other(edge, node);
  box.append(icon(end), " ");
  goButton(end, box);
  element("small", " " + (edge.n > 1 ? plural(edge.n, "paper") : ""), box);
  const more = element("details", undefined, box, "more");
  element("summary", edge.n > 1 ? "what they say" : "what it says", more);
  more.open = open;
  const fill = () => { if (more.children.length === 1) statements(edge, more); };
  if (open) fill();
  else more.addEventListener("toggle", fill);
}

function statements(edge, parent) {
  const passing = said(edge);
  for (const statement of passing) quote(statement, [edge.from, edge.to], parent);
  const hidden = edge.said.length - passing.length;
  if (hidden) element("small", plural(hidden, "statement") + " hidden by the filters", parent);
}

function quote([sentence, paper, confidence], marked, parent) {
  const text = sentence < 0 ? "" : data.sentences[sentence]; // beyond the strongest, only papers are told
  const block = element("blockquote", undefined, parent, text.length > 420 ? "long" : "");
  if (text.length > 420) block.tabIndex = 0;
  markUp(text, marked, block);
  const cite = element("cite", undefined, block);
  paperLink(data.papers[paper], cite);
  if (confidence < 1) cite.append(" · confidence " + confidence.toFixed(2));
}

// The text with the concepts' names marked; longest forms first, whole words only.
function markUp(text, marked, parent) {
  const forms = marked.flatMap((node) => [node.name, ...node.aliases]).sort((a, b) => b.length - a.length);
  const escaped = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp("(?<![\\p{L}\\p{N}])(" + escaped.join("|") + ")(?![\\p{L}\\p{N}])", "giu");
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    parent.append(text.slice(last, match.index));
    element("mark", match[0], parent);
    last = match.index + match[0].length;
  }
  parent.append(text.slice(last));
}

function paperLink(paper, parent) {
  const name = paper.title || paper.id;
  if (/^https?:\/\//i.test(paper.url || "")) {
    const link = element("a", name, parent);
    link.href = paper.url;
    link.target = "_blank";
    link.rel = "noreferrer noopener";
  } else parent.append(name);
  const rest = [paper.authors.length ? paper.authors[0] + (paper.authors.length > 1 ? " et al." : "") : "", paper.venue, paper.year];
  parent.append(rest.filter(Boolean).map((part) => ", " + part).join(""));
}

function resultsTable(node, panel) {
  const own = data.results.filter((r) => ["method", "dataset", "metric", "task"].some((k) => r[k] && r[k][0] === node.i));
  if (!own.length) return;
  element("h3", "Results", panel);
  const table = element("table", undefined, panel);
  const head = element("tr", undefined, table);
  for (const name of ["value", "method", "dataset", "metric"]) element("th", name, head);
  for (const result of own) {
    const row = element("tr", undefined, table);
    const value = element("td", result.value, row);
    value.title = data.sentences[result.sentence];
    for (const key of ["method", "dataset", "metric"]) {
      const cell = element("td", undefined, row);
      const [number, name] = result[key] || [-1, ""];
      if (number >= 0 && nodes[number] !== node) goButton(nodes[number], cell);
      else cell.textContent = name;
    }
  }
}

function paperList(node, panel) {
  element("h3", "Papers", panel);
  const list = element("ol", undefined, panel, "papers");
  for (const p of node.at) paperLink(data.papers[p], element("li", undefined, list));
  if (node.papers > node.at.length) element("small", "… and " + (node.papers - node.at.length) + " more", panel);
}

function showEdge(edge) {
  const panel = openPanel();
  const heading = element("h2", undefined, panel);
  goButton(edge.from, heading);
  heading.append(" " + data.relations[edge.type].out + " ");
  goButton(edge.to, heading);
  element("p", data.relations[edge.type].meaning + "; " + supportText(edge), panel, "about");
  statements(edge, panel);
}

function showList() {
  state.selected = state.edge = null;
  fillList();
  $("panel").focus();
  redraw();
}

function fillList() {
  const panel = openPanel();
  state.list = true;
  element("h2", "Concepts shown", panel);
  element("p", $("note").textContent, panel, "about");
  for (const kind of Object.keys(data.shapes)) {
    const own = ranked().filter((node) => node.kind === kind);
    if (!own.length) continue;
    const group = element("details", undefined, panel, "group");
    group.open = true;
    const summary = element("summary", kind + " ", group);
    element("span", String(own.length), summary, "n");
    for (const node of own) {
      const line = element("div", undefined, group);
      goButton(node, line);
      element("small", " " + plural(node.papers, "paper"), line);
    }
  }
}
