// Names on the picture: as many as fit without covering each other, the most telling first.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const CELL = 64;
const widths = new Map();

const fontOf = (size, strong) => (strong ? "600 " : "") + size + "px " + FONT;

function widthOf(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

// Boxes that are taken, in a grid so that a question touches few of them.
class Taken {
  constructor() { this.cells = new Map(); }

  *keys([x, y, w, h]) {
    for (let i = Math.floor(x / CELL); i <= Math.floor((x + w) / CELL); i++) {
      for (let j = Math.floor(y / CELL); j <= Math.floor((y + h) / CELL); j++) yield i * 65536 + j;
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }

  hits(box) {
    const [x, y, w, h] = box;
    for (const key of this.keys(box)) {
      for (const [a, b, c, d] of this.cells.get(key) || []) {
        if (x < a + c && a < x + w && y < b + d && b < y + h) return true;
      }
    }
    return false;
  }
}

// The lines of a name: as laid out, or the whole name of what is chosen or pointed at.
function linesOf(node, strong) {
  if (!strong || node.label.join(" ").replace("- ", "-") === node.name) return node.label;
  const letters = [...node.name];
  return [letters.length > 60 ? letters.slice(0, 59).join("").trimEnd() + "…" : node.name];
}

// Labels to draw: {lines, x, y, w, size, font, strong, node}, below, right, above or left of their node.
// `spots` are [node, x, y, r] in screen pixels, the most important first; `strong` tells which must show.
// Nodes in `named` have their name on a title. A name keeps clear of names and of greater nodes; it covers lesser ones only where nothing else is free.
function placeLabels(ctx, spots, strong, camera, titles, named) {
  const discs = new Taken();
  for (const spot of spots) discs.add(discOf(spot));
  const taken = new Taken();
  for (const title of titles) taken.add(title.box);
  const placed = [];
  for (const spot of spots) {
    const [node] = spot;
    taken.add(discOf(spot));
    const bold = strong(node);
    if (named.has(node.id) && !bold) continue;
    const size = bold ? Math.max(14, node.size) : Math.max(11, Math.round(node.size * Math.min(1, camera.k)));
    const font = fontOf(size, bold);
    const lines = linesOf(node, bold);
    const w = Math.max(...lines.map((line) => widthOf(ctx, line, font)));
    const choices = boxesAround(spot, w, lines.length * size * 1.2, camera);
    const free = choices.filter((box) => !taken.hits(grown(box)));
    const box = free.find((one) => !discs.hits(one)) || free[0] || (bold && choices[0]);
    if (!box) continue;
    taken.add(box);
    placed.push({ lines, x: box[0], y: box[1] + size, w, size, font, strong: bold, node });
  }
  return placed;
}

function discOf([, x, y, r]) { return r > 3 ? [x - r, y - r, 2 * r, 2 * r] : [x - 1, y - 1, 2, 2]; }

function grown([x, y, w, h]) { return [x - 3, y - 1, w + 6, h + 2]; }

// Where a name may stand, in order of liking; shifted a little to stay inside the window.
function boxesAround([, x, y, r], w, h, camera) {
  const inside = (left) => Math.max(4, Math.min(camera.w - w - 4, left));
  return [[inside(x - w / 2), y + r + 2, w, h], [x + r + 4, y - h / 2, w, h], [inside(x - w / 2), y - r - h - 2, w, h], [x - r - w - 4, y - h / 2, w, h]]
    .filter(([left]) => left >= 0 && left + w <= camera.w);
}
