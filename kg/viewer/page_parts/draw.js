// Draws what is visible on any context with the canvas' methods: the screen's, a PNG's or an SVG's.
// A camera is {k, tx, ty, w, h}: screen = world * k + t, in a window of w by h pixels.
function draw(ctx, camera) {
  const focus = focusSet();
  const dim = (member) => focus && !focus.has(member);
  const place = (node) => [node.x * camera.k + camera.tx, node.y * camera.k + camera.ty];
  const size = (node) => Math.max(2.2, node.r * camera.k ** 0.8);
  const near = ([x, y], margin) => x > -margin && y > -margin && x < camera.w + margin && y < camera.h + margin;

  const titles = state.arrange === "time" ? drawAxis(ctx, camera) : drawHulls(ctx, camera, place);
  for (const dimmed of [true, false]) {
    for (const edge of visible.edges) {
      if (Boolean(dim(edge)) === dimmed) drawEdge(ctx, edge, place(edge.from), place(edge.to), size, camera, focus);
    }
  }
  const spots = [];
  for (const node of ranked()) {
    const at = place(node);
    if (near(at, 200)) spots.push([node, ...at, size(node)]);
  }
  // What is chosen takes the stage; what is only pointed at stands out, and the rest stays readable.
  const chosen = state.selected || state.edge;
  const faint = chosen ? 0.16 : 0.55;
  for (const [node, x, y, r] of [...spots].reverse()) drawNode(ctx, node, x, y, r, dim(node) ? faint : 1);
  if (!chosen) drawTitles(ctx, titles);
  const labelled = spots.filter(([node, x, y]) => !(chosen && dim(node)) && near([x, y], 20));
  const order = focus ? [...labelled].sort((a, b) => Number(focus.has(b[0])) - Number(focus.has(a[0]))) : labelled;
  // The title of a community is the name of the concept that it is called after.
  const named = new Set(chosen ? [] : titles.map((title) => title.of));
  drawLabels(ctx, order, camera, chosen ? [] : titles, named);
}

// What stands out: what is chosen or pointed at, its edges and their ends.
function focusSet() {
  const found = new Set();
  for (const on of [state.hover, state.selected, state.edge].filter(Boolean)) {
    found.add(on);
    if (on.from) found.add(on.from).add(on.to);
    else for (const edge of visible.edges) if (edge.from === on || edge.to === on) found.add(edge).add(edge.from).add(edge.to);
  }
  return found.size ? found : null;
}

// Visible nodes, the most important first.
function ranked() {
  const rank = (node) => (node === state.hover || node === state.selected ? 1e9 : node.papers * 1000 + node.edges.length);
  return [...visible.nodes].sort((a, b) => rank(b) - rank(a) || a.i - b.i);
}

function drawEdge(ctx, edge, [x1, y1], [x2, y2], size, camera, focus) {
  const outside = Math.max(x1, x2) < 0 || Math.max(y1, y2) < 0 || Math.min(x1, x2) > camera.w || Math.min(y1, y2) > camera.h;
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (outside || length < 2) return;
  const lit = focus && focus.has(edge);
  // What joins two communities would hide what lies under it.
  const loud = edge.from.part === edge.to.part && state.arrange !== "time";
  ctx.globalAlpha = lit ? 0.9 : (focus ? 0.25 : 1) * (loud ? look.edge : look.edge * 0.45);
  ctx.strokeStyle = ctx.fillStyle = colourOfEdge(edge);
  ctx.lineWidth = (0.7 + Math.log2(edge.n) * 0.6) * Math.min(1.4, Math.max(0.8, camera.k)) + (lit ? 0.7 : 0);
  ctx.setLineDash(edge.type === "COMPARED_WITH" ? [5, 4] : []);
  const [cx, cy] = bendPoint(edge, x1, y1, x2, y2);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  if (edge.bend) ctx.quadraticCurveTo(cx, cy, x2, y2);
  else ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.setLineDash([]);
  if ((lit || (loud && camera.k > 0.6)) && edge.type !== "COMPARED_WITH") drawArrow(ctx, cx, cy, x2, y2, size(edge.to) + 2, lit ? 8 : 6);
}

function bendPoint(edge, x1, y1, x2, y2) {
  return [(x1 + x2) / 2 - (y2 - y1) * edge.bend, (y1 + y2) / 2 + (x2 - x1) * edge.bend];
}

function drawArrow(ctx, fromX, fromY, x, y, gap, size) {
  const angle = Math.atan2(y - fromY, x - fromX);
  const tip = [x - gap * Math.cos(angle), y - gap * Math.sin(angle)];
  ctx.beginPath();
  ctx.moveTo(...tip);
  for (const side of [-0.42, 0.42]) ctx.lineTo(tip[0] - size * Math.cos(angle + side), tip[1] - size * Math.sin(angle + side));
  ctx.closePath();
  ctx.fill();
}

function drawNode(ctx, node, x, y, r, alpha) {
  ctx.globalAlpha = alpha;
  outline(ctx, data.shapes[node.kind], x, y, r);
  ctx.fillStyle = colourOf(node);
  ctx.fill();
  ctx.strokeStyle = look.ground;
  ctx.lineWidth = r > 4 ? 1.5 : 0.6;
  ctx.stroke();
  if (node === state.selected || node === state.hover || (node.id === data.center && alpha === 1)) {
    outline(ctx, data.shapes[node.kind], x, y, r + 4);
    ctx.strokeStyle = look.text;
    ctx.lineWidth = node === state.selected ? 2.5 : 1.5;
    ctx.stroke();
  }
}

function drawLabels(ctx, spots, camera, titles, named) {
  const strong = (node) => node === state.selected || node === state.hover || node.id === data.center;
  ctx.globalAlpha = 1;
  ctx.lineJoin = "round";
  for (const label of placeLabels(ctx, spots, strong, camera, titles, named)) {
    ctx.font = label.font;
    ctx.strokeStyle = look.ground;
    ctx.lineWidth = 3;
    ctx.fillStyle = look.text;
    label.lines.forEach((line, n) => {
      const [x, y] = [label.x + (label.w - widthOf(ctx, line, label.font)) / 2, label.y + n * label.size * 1.2];
      ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
    drawCount(ctx, label);
  }
}

// "+3" behind the name of a node that has neighbours to unfold, where there is room for thought.
function drawCount(ctx, label) {
  if (!label.strong) return;
  const more = hiddenAround(label.node).length;
  if (!more) return;
  const x = label.x + label.w + 6;
  ctx.font = fontOf(12, true);
  ctx.strokeText("+" + more, x, label.y);
  ctx.fillStyle = look.accent;
  ctx.fillText("+" + more, x, label.y);
}
