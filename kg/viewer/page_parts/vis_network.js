// vis-network: camera, dragging, touch and physics. What is seen is drawn by draw.js.
const SETTLE_MS = 4000;
const touch = matchMedia("(pointer: coarse)");
const visNodes = new vis.DataSet(data.network.map((node) => ({ ...node, x: byId.get(node.id).x, y: byId.get(node.id).y, ctxRenderer })));
const visEdges = new vis.DataSet([]); // filled only while forces work: vis need not draw what draw.js draws
const view = new vis.DataView(visNodes, { filter: (node) => visible.nodes.has(byId.get(node.id)) });
let network = null;

// The space that a node takes for the pointer; nothing to draw.
function ctxRenderer({ id }) {
  const side = byId.get(id).r * 2.6;
  return { drawNode() {}, nodeDimensions: { width: side, height: side } };
}

function startNetwork() {
  network = new vis.Network($("graph"), { nodes: view, edges: visEdges }, {
    physics: { enabled: false, solver: "forceAtlas2Based", stabilization: false, minVelocity: 1,
      forceAtlas2Based: { gravitationalConstant: -90, springLength: 70, springConstant: 0.06, avoidOverlap: 0.6 } },
    layout: { improvedLayout: false },
    interaction: { hover: false, keyboard: false, selectable: true, selectConnectedEdges: false, zoomSpeed: 0.7 },
    nodes: { shape: "custom", ctxRenderer },
  });
  network.on("afterDrawing", paint);
  network.on("dragging", storeMoved);
  network.on("dragEnd", (event) => { if (event.nodes.length) { storeMoved(event); keepMoved(event.nodes); changedView(); } });
  network.on("stabilized", stopSettling);
  for (const name of ["zoom", "dragEnd", "animationFinished"]) network.on(name, changedView);
}

function paint(ctx) {
  const canvas = ctx.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(ctx, camera());
  ctx.restore();
}

function camera() {
  const box = $("graph");
  const k = network.getScale();
  const at = network.getViewPosition();
  const [w, h] = [box.clientWidth, box.clientHeight];
  return { k, tx: w / 2 - at.x * k, ty: h / 2 - at.y * k, w, h };
}

function redraw() { if (network) network.redraw(); }

function storeMoved(event) {
  if (event.nodes.length) readPlaces(event.nodes);
}

function readPlaces(ids) {
  for (const [id, place] of Object.entries(network.getPositions(ids))) Object.assign(byId.get(id), place);
}

function keepMoved(ids) {
  for (const id of ids) byId.get(id).moved = true;
  visNodes.update(ids.map((id) => ({ id, x: byId.get(id).x, y: byId.get(id).y })));
}

// Everything visible, with room for names at the rim.
function fit(animate = true) {
  const shown = [...visible.nodes];
  if (shown.length) frame(shown, 0, 1.6, animate);
}

// Show these nodes, but no smaller or larger than this.
function frame(shown, least, most, animate, center) {
  const { w, h } = camera();
  const half = (n) => Math.max(n.r, Math.max(...n.label.map((line) => line.length)) * n.size * HALF);
  const [left, right] = extent(shown.flatMap((n) => [n.x - half(n), n.x + half(n)]));
  const [top, bottom] = extent(shown.flatMap((n) => [n.y - n.r - 26, n.y + n.r + n.label.length * n.size * 1.2]));
  const low = $("panel").hidden || innerWidth >= 800 ? 0 : $("panel").offsetHeight; // the sheet lies over the picture
  const fitting = Math.min((w - 40) / Math.max(1, right - left), (h - low - 84) / Math.max(1, bottom - top));
  const scale = Math.min(most, Math.max(least, fitting));
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  moveTo(fitting < least ? center : middle, scale, animate, low / 2 + 12);
}

function extent(values) { return [Math.min(...values), Math.max(...values)]; }

function moveTo(position, scale, animate = true, up = 0) {
  network.moveTo({ position, scale, offset: { x: 0, y: -up }, animation: animate && !still.matches ? { duration: 450 } : false });
  if (still.matches || !animate) changedView();
}

function flyTo(node) {
  frame([node, ...neighbours(node).filter((n) => visible.nodes.has(n))], 0.45, 1.2, true, { x: node.x, y: node.y });
}

// Forces for a while, then rest.
let settling = null;
function settle() {
  if (settling) return stopSettling();
  visEdges.add(visible.edges.map((edge, id) => ({ id, from: edge.from.id, to: edge.to.id, hidden: true })));
  network.setOptions({ physics: { enabled: true } });
  const follow = () => readPlaces([...visible.nodes].map((n) => n.id));
  network.on("beforeDrawing", follow);
  settling = { follow, timer: setTimeout(stopSettling, SETTLE_MS) };
  network.startSimulation();
  document.body.dataset.settling = "yes";
  say("Arranging");
}

function stopSettling() {
  if (!settling) return;
  clearTimeout(settling.timer);
  network.off("beforeDrawing", settling.follow);
  settling = null;
  network.stopSimulation();
  const ids = [...visible.nodes].map((n) => n.id);
  readPlaces(ids);
  network.setOptions({ physics: { enabled: false } });
  visEdges.clear();
  keepMoved(ids);
  document.body.dataset.settling = "";
  say("Arranged");
  changedView();
}

// The node under a point, or the nearest within the reach of a pointer or a finger.
function nodeAt(x, y) {
  const cam = camera();
  const near = { node: null, distance: touch.matches ? 24 : 6 };
  for (const node of visible.nodes) {
    const from = Math.hypot(x - node.x * cam.k - cam.tx, y - node.y * cam.k - cam.ty) - node.r * cam.k ** 0.8;
    if (from < near.distance) Object.assign(near, { node, distance: from });
  }
  return near.node;
}

// The edge under a point of the screen, if any.
function edgeAt(x, y) {
  const cam = camera();
  const near = { edge: null, distance: 6 };
  for (const edge of visible.edges) {
    const [x1, y1] = [edge.from.x * cam.k + cam.tx, edge.from.y * cam.k + cam.ty];
    const [x2, y2] = [edge.to.x * cam.k + cam.tx, edge.to.y * cam.k + cam.ty];
    const [cx, cy] = bendPoint(edge, x1, y1, x2, y2);
    const middle = [(x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4];
    const distance = Math.min(toSegment(x, y, x1, y1, ...middle), toSegment(x, y, ...middle, x2, y2));
    if (distance < near.distance) Object.assign(near, { edge, distance });
  }
  return near.edge;
}

function toSegment(x, y, x1, y1, x2, y2) {
  const square = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1;
  const share = Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / square));
  return Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1));
}
