// Colours of nodes and edges, in the light and in the dark.
const RAMP = { light: [[173, 192, 222], [10, 44, 110]], dark: [[52, 84, 140], [188, 222, 255]] };
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const look = {};

const isDark = () => (state.theme ? state.theme === "dark" : systemDark.matches);

// Read the theme's colours from the style sheet, once for each change of theme.
function dress() {
  const mode = isDark() ? "dark" : "light";
  document.documentElement.classList.toggle("dark", mode === "dark");
  const css = getComputedStyle(document.documentElement);
  for (const name of ["ground", "text", "quiet", "line", "accent", "rivals", "family", "edge", "band"]) {
    look[name] = css.getPropertyValue("--" + name).trim();
  }
  look.edge = Number(look.edge);
  look.types = data[mode];
  look.parts = data.partColours[mode];
  look.hulls = look.parts.map((colour) => mix([rgb(look.ground), rgb(colour)], mode === "dark" ? 0.16 : 0.09));
  look.ramp = RAMP[mode];
}

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

function mix([from, to], share) {
  return "rgb(" + from.map((c, i) => Math.round(c + (to[i] - c) * share)).join(",") + ")";
}

// Nodes unfolded later are in no community.
function colourOf(node) {
  if (state.colour === "community") return node.part === undefined ? look.quiet : look.parts[node.part % look.parts.length];
  if (state.colour === "year") {
    return node.first ? mix(look.ramp, (node.first - span[0]) / Math.max(1, span[1] - span[0])) : look.quiet;
  }
  return look.types[node.kind];
}

function colourOfEdge(edge) {
  const name = data.relations[edge.type].colour;
  return look.types[name] || look[name];
}

// A shape's outline around (x, y); areas look alike for the same r.
function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "circle") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === "square") polygon(ctx, x, y, r * 1.25, [45, 135, 225, 315]);
  else if (shape === "page") page(ctx, x, y, r);
  else if (shape === "diamond") polygon(ctx, x, y, r * 1.3, [0, 90, 180, 270]);
  else polygon(ctx, x, y + r * 0.2, r * 1.4, [-90, 30, 150]);
}

// A sheet with its corner folded.
function page(ctx, x, y, r) {
  const [w, h] = [r * 0.85, r * 1.1];
  ctx.moveTo(x - w, y - h);
  for (const [a, b] of [[w * 0.35, -h], [w, -h * 0.45], [w, h], [-w, h]]) ctx.lineTo(x + a, y + b);
  ctx.closePath();
}

function polygon(ctx, x, y, r, degrees) {
  degrees.forEach((degree, n) => {
    const angle = (degree * Math.PI) / 180;
    const point = [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    if (n) ctx.lineTo(...point);
    else ctx.moveTo(...point);
  });
  ctx.closePath();
}
