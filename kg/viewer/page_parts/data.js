// What the page knows, and small helpers. All text of papers reaches the page through
// textContent, through the canvas or through SVG text nodes, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const nodes = data.nodes;
const edges = data.edges;
const byId = new Map(nodes.map((node) => [node.id, node]));
const tall = innerHeight > innerWidth * 1.15;
const $ = (id) => document.getElementById(id);

nodes.forEach((node, i) => {
  node.i = i;
  node.folded = node.x === undefined;
  node.edges = [];
  // In a high window the communities stand below each other; a link tells places as in a wide one.
  node.shift = tall && !node.folded ? data.parts[node.part].tall : [0, 0];
  if (!node.folded) Object.assign(node, { x: node.x + node.shift[0], y: node.y + node.shift[1] });
  node.home = { x: node.x, y: node.y };
});
for (const edge of edges) {
  edge.from = nodes[edge.a];
  edge.to = nodes[edge.b];
  edge.from.edges.push(edge);
  if (edge.to !== edge.from) edge.to.edges.push(edge);
}

// Edges that join the same two concepts are drawn side by side: each gets its own bend.
const bundles = new Map();
for (const edge of edges) {
  const key = Math.min(edge.a, edge.b) + " " + Math.max(edge.a, edge.b);
  if (!bundles.has(key)) bundles.set(key, []);
  bundles.get(key).push(edge);
}
for (const bundle of bundles.values()) {
  bundle.forEach((edge, n) => {
    const bend = (n - (bundle.length - 1) / 2) * 0.22;
    edge.bend = edge.a < edge.b ? bend : -bend;
  });
}

const other = (edge, node) => (edge.from === node ? edge.to : edge.from);
const plural = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many || one + "s");

function element(name, content, parent, className) {
  const made = document.createElement(name);
  if (content !== undefined && content !== null) made.textContent = content;
  if (className) made.className = className;
  if (parent) parent.append(made);
  return made;
}

function say(text) { $("say").textContent = text; }

function neighbours(node) {
  return [...new Set(node.edges.map((edge) => other(edge, node)))].filter((n) => n !== node);
}
