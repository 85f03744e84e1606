// Time on an axis: each concept in the column of the year in which a paper first names it.
const COLUMN = 132;
const LINE = 15;
let axis = []; // {year, left, right}

const NO_YEAR = "no year";

// Move what is shown into its column; communities keep together and in the order in which they stood.
function arrangeByTime() {
  const columns = new Map();
  for (const node of shownNodes()) {
    const year = node.first || NO_YEAR;
    if (!columns.has(year)) columns.set(year, []);
    columns.get(year).push(node);
  }
  const { w, h } = { w: $("graph").clientWidth || 1, h: $("graph").clientHeight || 1 };
  const all = shownNodes().length;
  const rows = Math.max(4, Math.round(Math.sqrt((all * COLUMN * h) / (3.4 * LINE * w)) * 1.5));
  axis = [];
  let left = 0;
  for (const year of [...columns.keys()].sort((a, b) => (a === NO_YEAR) - (b === NO_YEAR) || a - b)) {
    const nodesOf = columns.get(year).sort((a, b) => (a.part ?? 1e9) - (b.part ?? 1e9) || a.home.y - b.home.y || a.i - b.i);
    const wide = Math.ceil(nodesOf.length / rows);
    for (let n = 0; n < wide; n++) stack(nodesOf.filter((_, i) => i % wide === n), left + (n + 0.5) * COLUMN, rows);
    axis.push({ year: String(year), left, right: left + wide * COLUMN });
    left += wide * COLUMN;
  }
}

function stack(column, x, rows) {
  const room = (node) => 2 * node.r + node.label.length * LINE + 8;
  const needed = column.reduce((sum, node) => sum + room(node), 0);
  const spare = Math.max(0, (rows * 3.4 * LINE - needed) / (column.length + 1));
  let y = spare;
  column.forEach((node, n) => {
    node.x = x + (n % 2 ? 14 : -14);
    node.y = y + node.r;
    y += room(node) + spare;
  });
}

// Bands for the years behind everything; returns no titles.
function drawAxis(ctx, camera) {
  ctx.globalAlpha = 1;
  axis.forEach(({ year, left, right }, n) => {
    const [x1, x2] = [left * camera.k + camera.tx, right * camera.k + camera.tx];
    if (n % 2 === 0) {
      ctx.fillStyle = look.band;
      ctx.beginPath();
      for (const [x, y] of [[x1, 0], [x2, 0], [x2, camera.h], [x1, camera.h]]) ctx.lineTo(x, y);
      ctx.closePath();
      ctx.fill();
    }
    ctx.font = fontOf(13, true);
    if (widthOf(ctx, year, ctx.font) > x2 - x1) return;
    ctx.fillStyle = look.quiet;
    ctx.fillText(year, (x1 + x2 - widthOf(ctx, year, fontOf(13, true))) / 2, 18);
  });
  return [];
}

// "near": as laid out; "time": by year.
function arrange(how) {
  state.arrange = how;
  for (const node of nodes) {
    node.moved = false;
    if (how === "near") Object.assign(node, node.home);
  }
  if (how === "time") arrangeByTime();
  else placeUnfolded([...state.shown]);
  tellPlaces();
}

// vis-network learns where everything is.
function tellPlaces() {
  visNodes.update(nodes.filter((n) => n.x !== undefined).map((n) => ({ id: n.id, x: n.x, y: n.y })));
}
