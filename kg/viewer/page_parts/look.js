// Colours of nodes and edges, in the light and in the dark.
const PARTS = {
  light: ["#2868b0", "#c8443f", "#1f8a5b", "#8455c0", "#b45f06", "#0e7f8c", "#b83280", "#6b7a1e", "#7a5230", "#4a56c8"],
  dark: ["#6fb0f2", "#ff8d80", "#5fd09b", "#c3a2f7", "#f0a860", "#5bcad6", "#f08cc4", "#bccb62", "#d1a784", "#98a5ff"],
};
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
  for (const name of ["ground", "text", "quiet", "line", "accent", "rivals", "family", "edge"]) {
    look[name] = css.getPropertyValue("--" + name).trim();
  }
  look.edge = Number(look.edge);
  look.types = data[mode];
  look.parts = PARTS[mode];
  look.ramp = RAMP[mode];
}

function mix([from, to], share) {
  return "rgb(" + from.map((c, i) => Math.round(c + (to[i] - c) * share)).join(",") + ")";
}

// Communities beyond the palette, and nodes unfolded later, share the quiet colour.
function colourOf(node) {
  if (state.colour === "community") return look.parts[node.part] || look.quiet;
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
  else if (shape === "diamond") polygon(ctx, x, y, r * 1.3, [0, 90, 180, 270]);
  else polygon(ctx, x, y + r * 0.2, r * 1.4, [-90, 30, 150]);
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
