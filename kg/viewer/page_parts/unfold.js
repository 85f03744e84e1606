// Unfold the neighbours of a node that the page holds back, and fold away those that hang on it alone.
const ROOM = 46;

function unfold(node) {
  const more = hiddenAround(node);
  more.forEach((n) => {
    state.gone.delete(n);
    if (n.folded) state.shown.add(n);
  });
  placeUnfolded(more);
  if (state.arrange === "time") arrange("time");
  changed();
  say(plural(more.length, "neighbour") + " of " + node.name + " unfolded");
}

function fold(node) {
  const leaves = neighbours(node).filter((n) => visible.nodes.has(n)
    && neighbours(n).every((m) => m === node || !visible.nodes.has(m)));
  for (const leaf of leaves) {
    if (leaf.folded) state.shown.delete(leaf);
    else state.gone.add(leaf);
  }
  changed();
  say(plural(leaves.length, "neighbour") + " of " + node.name + " folded away");
}

function toggleFold(node) {
  if (hiddenAround(node).length) unfold(node);
  else fold(node);
}

// Give places to nodes that have none: around the middle of their placed neighbours, in the first
// gap of a spiral. Same order, same places, so that a link reproduces them.
function placeUnfolded(list) {
  const taken = nodes.filter((n) => n.x !== undefined);
  for (const node of list) {
    if (node.x !== undefined) continue;
    const anchors = neighbours(node).filter((n) => n.x !== undefined && (!n.folded || state.shown.has(n)));
    const x = anchors.reduce((sum, n) => sum + n.x, 0) / anchors.length || 0;
    const y = anchors.reduce((sum, n) => sum + n.y, 0) / anchors.length || 0;
    Object.assign(node, gap(x, y, taken));
    taken.push(node);
    visNodes.update({ id: node.id, x: node.x, y: node.y });
  }
}

function gap(x, y, taken) {
  for (let n = 4; n < 4000; n++) {
    const r = ROOM * 0.62 * Math.sqrt(n);
    const angle = n * Math.PI * (3 - Math.sqrt(5));
    const spot = { x: Math.round(x + 1.3 * r * Math.cos(angle)), y: Math.round(y + r * Math.sin(angle)) };
    if (taken.every((t) => Math.hypot((t.x - spot.x) * 0.75, t.y - spot.y) > ROOM)) return spot;
  }
  return { x, y };
}
