// Save what is seen: the same drawing on a larger canvas, or on a context that writes SVG.
const SVG = "http://www.w3.org/2000/svg";

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(name + " saved");
}

function savePng(factor = 2) {
  const cam = camera();
  const canvas = document.createElement("canvas");
  canvas.width = cam.w * factor;
  canvas.height = cam.h * factor;
  const ctx = canvas.getContext("2d");
  ctx.scale(factor, factor);
  ctx.fillStyle = look.ground;
  ctx.fillRect(0, 0, cam.w, cam.h);
  draw(ctx, cam);
  drawSource(ctx, cam);
  canvas.toBlob((blob) => download(blob, fileName("png")), "image/png");
}

function saveSvg() {
  const cam = camera();
  const ctx = new SvgContext(cam.w, cam.h, look.ground);
  draw(ctx, cam);
  drawSource(ctx, cam);
  download(new Blob([new XMLSerializer().serializeToString(ctx.root)], { type: "image/svg+xml" }), fileName("svg"));
}

// What the picture shows and what it is made of, so that it can stand alone.
function drawSource(ctx, cam) {
  ctx.globalAlpha = 1;
  ctx.lineJoin = "round";
  const lines = [[$("note").textContent, 8], [data.source, 24]];
  if (data.center) lines.push([byId.get(data.center).name, 42]);
  for (const [text, up] of lines) {
    ctx.font = fontOf(up > 40 ? 15 : 12, up > 40);
    ctx.strokeStyle = look.ground;
    ctx.lineWidth = 4;
    ctx.strokeText(text, 10, cam.h - up);
    ctx.fillStyle = up > 40 ? look.text : look.quiet;
    ctx.fillText(text, 10, cam.h - up);
  }
}

function fileName(suffix) {
  return document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") + "." + suffix;
}

// The part of the canvas' methods that draw.js uses, writing SVG elements. Text becomes text nodes.
class SvgContext {
  constructor(w, h, ground) {
    this.root = this.make("svg", { width: w, height: h, viewBox: "0 0 " + w + " " + h });
    this.make("title", {}, this.root).textContent = document.title;
    this.make("rect", { width: w, height: h, fill: ground }, this.root);
    this.ruler = document.createElement("canvas").getContext("2d");
    this.dash = [];
  }

  make(name, attributes, parent) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (parent) parent.append(made);
    return made;
  }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  beginPath() { this.path = ""; }
  moveTo(x, y) { this.path += "M" + points(x, y); }
  quadraticCurveTo(cx, cy, x, y) { this.path += "Q" + points(cx, cy, x, y); }
  closePath() { this.path += "Z"; }
  arc(x, y, r) {
    const half = Math.round(r * 10) / 10; // both halves must span exactly twice the radius that is written
    const bow = "a" + points(half, half) + " 0 1 0 ";
    this.path += "M" + points(x - half, y) + bow + points(2 * half, 0) + bow + points(-2 * half, 0) + "Z";
  }

  lineTo(x, y) { this.path += (this.path ? "L" : "M") + points(x, y); }
  setLineDash(dash) { this.dash = dash; }

  paint(name, fill, attributes) {
    const opacity = this.globalAlpha < 1 ? { opacity: this.globalAlpha.toFixed(3) } : {};
    const colours = fill ? { fill: this.fillStyle } : { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth.toFixed(2),
      ...(this.lineJoin ? { "stroke-linejoin": this.lineJoin } : {}),
      ...(this.dash.length ? { "stroke-dasharray": this.dash.join(" ") } : {}) };
    return this.make(name, { ...attributes, ...colours, ...opacity }, this.root);
  }

  fill() { this.paint("path", true, { d: this.path }); }
  stroke() { this.paint("path", false, { d: this.path }); }
  text(fill, text, x, y) {
    const made = this.paint("text", fill, { x: x.toFixed(1), y: y.toFixed(1), style: "font:" + this.font });
    made.textContent = text;
  }

  fillText(text, x, y) { this.text(true, text, x, y); }
  strokeText(text, x, y) { this.text(false, text, x, y); }
}

function points(...values) { return values.map((value) => value.toFixed(1)).join(" "); }

async function copyLink() {
  history.replaceState(null, "", "#" + toLink(viewPoint()));
  const text = location.href;
  try {
    await navigator.clipboard.writeText(text);
    note("Link copied");
  } catch (error) {
    // Not every browser lets a page of one's own disk write to the clipboard: the address bar has it too.
    note("The link is in the address bar (" + error.name + ")");
  }
}
