// Choosing, pointing, and everything put together.
const firstNote = $("note").textContent;
let saving = 0;

// Something about what is visible changed.
function changed() {
  sift();
  view.refresh();
  updateFilters();
  const first = (n) => !n.folded;
  const whole = visible.nodes.size === nodes.filter(first).length && !state.shown.size
    && visible.edges.length === edges.filter((e) => first(e.from) && first(e.to)).length;
  const papers = [...visible.nodes].filter((n) => n.kind === "Paper").length;
  $("note").textContent = whole ? firstNote
    : plural(visible.nodes.size - papers, "concept") + (papers ? ", " + plural(papers, "paper") : "") + " and " + plural(visible.edges.length, "relationship") + " now; at first " + firstNote;
  if (state.selected) showConcept(state.selected);
  else if (state.edge) showEdge(state.edge);
  else if (state.list) fillList();
  redraw();
  changedView();
}

// The camera moved or the state changed: the address follows, a moment later.
function changedView() {
  clearTimeout(saving);
  saving = setTimeout(() => history.replaceState(null, "", "#" + toLink(viewPoint())), 300);
}

function viewPoint() { return { ...network.getViewPosition(), scale: network.getScale() }; }

function note(text) {
  $("note").textContent = text;
  say(text);
  setTimeout(changed, 2500);
}

function choose(node, edge = null) {
  const before = state.selected;
  state.selected = node;
  state.edge = edge;
  state.hover = null;
  if (!node && !edge) closePanel();
  if (node) say(node.name + ", " + node.kind + ", " + plural(node.papers, "paper") + ", " + plural(neighbours(node).length, "neighbour"));
  const filtered = (n) => n && !nodePasses(n);
  if (filtered(before) || (node && !visible.nodes.has(node))) return changed();
  if (node) showConcept(node);
  else if (edge) showEdge(edge);
  redraw();
  changedView();
}

// Choose a concept and fly there, whether it is shown, filtered or still folded.
function go(node) {
  if (node.folded && !state.shown.has(node)) {
    state.shown.add(node);
    placeUnfolded([node]);
  }
  state.gone.delete(node);
  choose(node);
  changed();
  flyTo(node);
}

function toggleTheme() {
  state.theme = isDark() ? "light" : "dark";
  dress();
  changed();
}

// On a telephone the tools are behind a button.
function toggleTools() {
  const open = $("tools").classList.toggle("open");
  $("more").setAttribute("aria-expanded", String(open));
}

function startPointer() {
  const box = $("graph");
  const at = (event) => [event.clientX - box.getBoundingClientRect().left, event.clientY - box.getBoundingClientRect().top];
  let waiting = 0;
  box.addEventListener("mousemove", (event) => {
    cancelAnimationFrame(waiting);
    if (event.buttons) return hideTip();
    waiting = requestAnimationFrame(() => point(...at(event), event));
  });
  box.addEventListener("mouseleave", () => { cancelAnimationFrame(waiting); hover(null); hideTip(); });
  network.on("click", ({ pointer: { DOM: { x, y } } }) => {
    const node = nodeAt(x, y);
    if (node) choose(node);
    else choose(null, edgeAt(x, y));
    hideTip();
  });
  network.on("doubleClick", ({ pointer: { DOM: { x, y } } }) => { if (nodeAt(x, y)) toggleFold(nodeAt(x, y)); });
}

function point(x, y, event) {
  const node = nodeAt(x, y);
  const edge = node ? null : edgeAt(x, y);
  hover(node || edge);
  if (node) nodeTip(node, event);
  else if (edge) edgeTip(edge, event);
  else hideTip();
}

function hover(member) {
  if (state.hover === member) return;
  state.hover = member;
  $("graph").style.cursor = member ? "pointer" : "";
  redraw();
}

function nodeTip(node, event) {
  const tip = openTip();
  element("b", node.name, tip);
  element("small", " " + node.kind + ", " + plural(node.papers, "paper"), tip);
  placeTip(event);
}

function edgeTip(edge, event) {
  const tip = openTip();
  element("b", edge.from.name + " " + data.relations[edge.type].out + " " + edge.to.name, tip);
  const passing = said(edge);
  const [sentence] = passing[0];
  const text = data.sentences[sentence];
  markUp(text.length > 420 ? text.slice(0, 419) + "…" : text, [edge.from, edge.to], element("p", undefined, tip));
  element("small", supportText(edge), tip);
  placeTip(event);
}

function openTip() {
  $("tip").replaceChildren();
  $("tip").hidden = false;
  return $("tip");
}

function placeTip(event) {
  const tip = $("tip");
  tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + "px";
  const below = event.clientY + 16;
  tip.style.top = (below + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 12 : below) + "px";
}

function hideTip() { $("tip").hidden = true; }

function start() {
  const at = fromLink(location.hash.slice(1));
  dress();
  placeUnfolded([...state.shown]);
  if (state.arrange === "time") arrange("time");
  for (const moved of nodes.filter((n) => n.moved)) visNodes.update({ id: moved.id, x: moved.x, y: moved.y });
  sift();
  startNetwork();
  startPointer();
  startSearch();
  startFilters();
  startKeys();
  const buttons = { list: showList, fit: () => fit(), settle, link: copyLink, png: () => savePng(), svg: saveSvg, theme: toggleTheme, help: showKeys, more: toggleTools };
  for (const [id, act] of Object.entries(buttons)) $(id).addEventListener("click", () => act());
  systemDark.addEventListener("change", () => { dress(); changed(); });
  if (innerWidth < 800) $("menu").click(); // the legend would lie over the picture
  changed();
  network.once("afterDrawing", () => {
    if (at) moveTo(at, at.scale, false);
    else if (state.selected) flyTo(state.selected);
    else fit(false);
    document.body.dataset.ready = "yes";
  });
}

// Another address given to the page that is open (a pasted link, the frame of a site) is read from the start.
addEventListener("hashchange", () => {
  clearTimeout(saving);
  location.reload();
});
start();

// A page that shows this one in a frame tells which theme it has.
addEventListener("message", ({ source, data: told }) => {
  if (source !== parent || !told || !("theme" in told)) return;
  state.theme = ["dark", "light"].find((name) => name === told.theme) || null;
  dress();
  changed();
});
