// Communities: an outline around the members that are visible, and its title.
const PAD = 15;
const HALF = 0.28; // half the width of a character, by font size

// Draw the outlines; returns the titles as {text, x, y, colour, box}, the largest community first.
function drawHulls(ctx, camera, place) {
  const members = new Map();
  for (const node of visible.nodes) {
    if (node.part === undefined || !data.parts[node.part].title) continue;
    if (!members.has(node.part)) members.set(node.part, []);
    members.get(node.part).push(node);
  }
  const titles = [];
  const taken = new Taken();
  for (const [part, own] of [...members].sort((a, b) => a[0] - b[0])) {
    if (own.length < 3) continue;
    const hull = convex(own.flatMap((node) => corners(node, ...place(node), camera.k)));
    const n = part % look.parts.length;
    drawHull(ctx, hull, look.hulls[n], 2 * PAD * Math.min(1, camera.k));
    const title = placeTitle(ctx, data.parts[part].title, hull, camera);
    if (taken.hits(title.box)) continue;
    taken.add(title.box);
    titles.push({ ...title, colour: look.parts[n], of: data.parts[part].of });
  }
  return titles;
}

function placeTitle(ctx, text, hull, camera) {
  const size = camera.w < 600 ? 13 : 15;
  const font = fontOf(size, true);
  const w = widthOf(ctx, text, font);
  const [left, right] = extent(hull.map(([x]) => x));
  const y = Math.min(...hull.map(([, top]) => top)) - PAD * Math.min(1, camera.k) - 5;
  const x = Math.max(4, Math.min(camera.w - w - 4, (left + right - w) / 2));
  return { text, x, y, font, box: [x - 4, y - size, w + 8, size + 6] };
}

function drawTitles(ctx, titles) {
  ctx.globalAlpha = 1;
  for (const { text, x, y, font, colour } of titles) {
    ctx.font = font;
    ctx.lineJoin = "round";
    ctx.strokeStyle = look.ground;
    ctx.lineWidth = 4;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  }
}

// The corners of a node with its name below it.
function corners(node, x, y, k) {
  const scale = Math.min(1, k);
  const r = node.r * scale;
  const w = Math.max(r, Math.max(...node.label.map((line) => line.length)) * node.size * HALF * scale);
  const low = y + r + node.label.length * node.size * 1.2 * scale;
  return [[x - r, y - r], [x + r, y - r], [x - w, low], [x + w, low]];
}

// A wide stroke of the same colour rounds the outline and keeps it off the nodes.
function drawHull(ctx, hull, colour, width) {
  ctx.globalAlpha = 1;
  ctx.beginPath();
  hull.forEach(([x, y], n) => (n ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
  ctx.fillStyle = ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.stroke();
  ctx.fill();
}

// The convex hull, by Andrew's monotone chain.
function convex(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half([...sorted].reverse())];
}
