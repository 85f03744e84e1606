// Keys, and the dialog that lists them.
const KEYS = [
  ["/", "find a name"],
  ["← → ↑ ↓", "go to the neighbour in that direction; without a choice, move the view"],
  ["N  P", "next or previous concept, the most mentioned first"],
  ["Enter", "read the details"],
  ["E", "unfold or fold the neighbours of the chosen concept (or double-click it)"],
  ["+  −  0", "nearer, farther, everything"],
  ["L", "all concepts as a list"],
  ["S", "let forces arrange the picture, then stop"],
  ["D", "dark or light"],
  ["Esc", "choose nothing"],
  ["?", "this list"],
];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const ACTS = {
  "/": () => $("search").focus(),
  n: () => step(1),
  p: () => step(-1),
  e: () => state.selected && toggleFold(state.selected),
  "+": () => zoom(1.3),
  "=": () => zoom(1.3),
  "-": () => zoom(1 / 1.3),
  0: () => fit(),
  l: showList,
  s: settle,
  d: toggleTheme,
  Escape: () => choose(null),
  "?": showKeys,
};

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    const onGraph = event.target === document.body || $("graph").contains(event.target);
    const act = ACTS[event.key] || ACTS[event.key.toLowerCase()];
    if (onGraph && ARROWS[event.key]) arrow(...ARROWS[event.key]);
    else if (onGraph && event.key === "Enter" && state.selected) $("panel").focus();
    else if (act) act();
    else return;
    event.preventDefault();
  });
  const table = element("table", undefined, $("keys"));
  for (const [key, meaning] of KEYS) {
    const row = element("tr", undefined, table);
    element("kbd", key, element("td", undefined, row));
    element("td", meaning, row);
  }
  const close = element("button", "Close", $("keys"));
  close.addEventListener("click", () => $("keys").close());
}

function showKeys() { $("keys").showModal(); }

function zoom(factor) { moveTo(network.getViewPosition(), network.getScale() * factor); }

function step(way) {
  const list = ranked().sort((a, b) => b.papers - a.papers || b.edges.length - a.edges.length || a.i - b.i);
  const at = list.indexOf(state.selected);
  go(list[(at + way + list.length) % list.length]);
}

// The neighbour that lies best in a direction: near, and little off to the side.
function arrow(dx, dy) {
  const from = state.selected;
  if (!from) {
    const { x, y } = network.getViewPosition();
    const by = 120 / network.getScale();
    return moveTo({ x: x + dx * by, y: y + dy * by }, network.getScale());
  }
  const cost = (n) => {
    const [along, across] = [(n.x - from.x) * dx + (n.y - from.y) * dy, (n.x - from.x) * dy - (n.y - from.y) * dx];
    return along > 0 ? along + 2 * Math.abs(across) : Infinity;
  };
  const best = neighbours(from).filter((n) => visible.nodes.has(n)).sort((a, b) => cost(a) - cost(b))[0];
  if (best && cost(best) < Infinity) go(best);
}
