// The state of the view, what it makes visible, and its form as a link.
const years = data.papers.map((paper) => paper.year).filter(Boolean);
const span = years.length ? [Math.min(...years), Math.max(...years)] : [0, 0];
const mostPapers = Math.max(1, ...nodes.map((node) => node.papers));

const state = {
  selected: null, // a node
  edge: null, // or an edge
  hover: null,
  list: false, // whether the panel lists what is visible
  offTypes: new Set(),
  offParts: new Set(),
  offRelations: new Set(),
  years: [...span],
  papers: 1,
  confidence: 0,
  colour: "type",
  arrange: data.arranged, // "near" or "time"
  theme: null, // "dark", "light" or as the system has it
  shown: new Set(), // folded nodes that were unfolded, in order
  gone: new Set(), // nodes that were folded away
};
const visible = { nodes: new Set(), edges: [] };

function statementPasses([, paper, confidence]) {
  if (confidence < state.confidence) return false;
  if (state.years[0] === span[0] && state.years[1] === span[1]) return true;
  const year = data.papers[paper].year;
  return Boolean(year) && year >= state.years[0] && year <= state.years[1];
}

function nodePasses(node) {
  if (node === state.selected) return true;
  if (node.folded ? !state.shown.has(node) : state.gone.has(node)) return false;
  return node.papers >= state.papers && !state.offTypes.has(node.kind) && !state.offParts.has(node.part);
}

const said = (edge) => edge.said.filter(statementPasses);

// The support of what an edge says, as kg.graph.support computes it, of what passes the filters.
function support(edge) {
  const passing = said(edge);
  return passing.length ? 1 - (1 - Math.max(...passing.map(([, , confidence]) => confidence))) * 5 / (passing.length + 4) : 0;
}

// The same in words: papers, years, best confidence, support, and how many papers say the opposite.
function supportText(edge) {
  const passing = said(edge);
  const years = passing.map(([, paper]) => data.papers[paper].year).filter(Boolean);
  const period = [...new Set([Math.min(...years), Math.max(...years)])].join(" to ");
  const opposite = (one) => one.type === "OUTPERFORMS" && one.from === edge.to && one.to === edge.from;
  const against = edge.type === "OUTPERFORMS" ? edges.filter(opposite).flatMap(said).length : 0;
  const best = Math.max(...passing.map(([, , confidence]) => confidence));
  return [
    plural(passing.length, "paper"), years.length ? period : "",
    "best confidence " + best.toFixed(2), "support " + support(edge).toFixed(2),
    against ? plural(against, "paper") + (against > 1 ? " say" : " says") + " the opposite" : "",
  ].filter(Boolean).join(", ");
}

// Work out what is visible: an edge needs both ends and a statement, a node needs an edge.
function sift() {
  const passing = new Set(nodes.filter(nodePasses));
  visible.edges = edges.filter((edge) => passing.has(edge.from) && passing.has(edge.to)
    && !state.offRelations.has(edge.type) && edge.said.some(statementPasses));
  visible.nodes = new Set();
  for (const edge of visible.edges) visible.nodes.add(edge.from).add(edge.to);
  if (!visible.edges.includes(state.edge)) state.edge = null;
  if (state.selected) visible.nodes.add(state.selected);
  if (data.center) visible.nodes.add(byId.get(data.center));
}

function hiddenAround(node) {
  return neighbours(node).filter((n) => (n.folded && !state.shown.has(n)) || state.gone.has(n));
}

// The link: only what differs from the start is in it.
function toLink(camera) {
  const link = new URLSearchParams();
  const list = (key, set, name) => set.size && link.set(key, [...set].map(name).join("~"));
  if (state.selected) link.set("sel", state.selected.id);
  if (state.edge) link.set("edge", edges.indexOf(state.edge));
  list("types", state.offTypes, String);
  list("parts", state.offParts, String);
  list("relations", state.offRelations, String);
  if (state.years.join() !== span.join()) link.set("years", state.years.join("-"));
  if (state.papers > 1) link.set("papers", state.papers);
  if (state.confidence > 0) link.set("confidence", state.confidence);
  if (state.colour !== "type") link.set("colour", state.colour);
  if (state.arrange !== data.arranged) link.set("arrange", state.arrange);
  if (state.theme) link.set("theme", state.theme);
  list("unfold", state.shown, (n) => n.i);
  list("fold", state.gone, (n) => n.i);
  const moved = nodes.filter((n) => n.moved);
  if (moved.length) link.set("moved", moved.map((n) => [n.i, Math.round(n.x - n.shift[0]), Math.round(n.y - n.shift[1])].join(".")).join("~"));
  if (camera) link.set("at", [Math.round(camera.x), Math.round(camera.y), camera.scale.toFixed(3)].join("~"));
  return link.toString();
}

// Read a link back; whatever does not fit this page is passed over. Returns the camera, if any.
function fromLink(text) {
  const link = new URLSearchParams(text);
  const list = (key) => (link.get(key) || "").split("~").filter(Boolean);
  const number = (value, low, high) => Math.min(high, Math.max(low, Number(value) || low));
  state.selected = byId.get(link.get("sel")) || null;
  state.edge = edges[link.get("edge") ?? -1] || null;
  state.offTypes = new Set(list("types"));
  state.offParts = new Set(list("parts").map(Number));
  state.offRelations = new Set(list("relations"));
  const asked = (link.get("years") || "").split("-").map(Number);
  const fits = asked.length === 2 && span[0] <= asked[0] && asked[0] <= asked[1] && asked[1] <= span[1];
  state.years = fits ? asked : [...span];
  state.papers = number(link.get("papers"), 1, mostPapers);
  state.confidence = number(link.get("confidence"), 0, 1);
  state.colour = ["community", "year"].find((name) => name === link.get("colour")) || "type";
  state.arrange = ["near", "time"].find((name) => name === link.get("arrange")) || data.arranged;
  state.theme = ["dark", "light"].find((name) => name === link.get("theme")) || null;
  const numbered = (key) => new Set(list(key).map((i) => nodes[i]).filter(Boolean));
  state.gone = numbered("fold");
  state.shown = numbered("unfold");
  for (const entry of list("moved")) {
    const [i, x, y] = entry.split(".").map(Number);
    if (nodes[i] && Number.isFinite(x) && Number.isFinite(y)) Object.assign(nodes[i], { x: x + nodes[i].shift[0], y: y + nodes[i].shift[1], moved: true });
  }
  const at = list("at").map(Number);
  return at.length === 3 && at.every(Number.isFinite) ? { x: at[0], y: at[1], scale: at[2] } : null;
}
