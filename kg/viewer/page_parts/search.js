// Search with completion over names and aliases.
const SHOWN = 12;
const simple = (text) => text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const names = nodes.flatMap((node) => [node.name, ...node.aliases].map((name) => ({ node, name, plain: simple(name) || name })));
let matches = [];
let active = -1;

// How well a name answers what was typed: lower is better, none is no answer.
function fitness({ plain }, wanted) {
  const at = plain.indexOf(wanted);
  if (plain === wanted) return 0;
  if (at === 0 || (at > 0 && (" " + plain).includes(" " + wanted))) return 1;
  if (at > 0) return 2;
  return plain.replaceAll(" ", "").includes(wanted.replaceAll(" ", "")) ? 3 : null;
}

function find(text) {
  const wanted = simple(text) || text.trim();
  if (!wanted) return [];
  const best = new Map();
  for (const name of names) {
    const score = fitness(name, wanted);
    const known = best.get(name.node);
    if (score !== null && (!known || score < known.score)) best.set(name.node, { ...name, score });
  }
  return [...best.values()].sort((a, b) => a.score - b.score || b.node.papers - a.node.papers || a.node.i - b.node.i);
}

function complete() {
  const text = $("search").value;
  const all = find(text);
  matches = all.slice(0, SHOWN);
  active = matches.length ? 0 : -1;
  const list = $("found");
  list.replaceChildren();
  matches.forEach(({ node, name }, n) => {
    const item = element("li", undefined, list);
    item.id = "found-" + n;
    item.setAttribute("role", "option");
    item.append(icon(node));
    const line = element("span", node.name, item, "name");
    if (name !== node.name) element("small", " also " + name, line);
    element("small", plural(node.papers, "paper"), item);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(n); });
  });
  if (all.length > SHOWN) element("li", "… " + (all.length - SHOWN) + " more", list).setAttribute("role", "presentation");
  if (text.trim() && !all.length) element("li", "No name here comes near it", list).setAttribute("role", "presentation");
  openList(Boolean(text.trim()));
  say(text.trim() ? plural(all.length, "name") + " found" : "");
}

function openList(open) {
  $("found").hidden = !open;
  $("search").setAttribute("aria-expanded", String(open));
  markActive();
}

function markActive() {
  [...$("found").children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
  if (active >= 0 && !$("found").hidden) {
    $("search").setAttribute("aria-activedescendant", "found-" + active);
    $("found").children[active].scrollIntoView({ block: "nearest" });
  } else $("search").removeAttribute("aria-activedescendant");
}

function take(n) {
  if (!matches[n]) return;
  openList(false);
  $("search").value = matches[n].node.name;
  go(matches[n].node);
}

function startSearch() {
  const search = $("search");
  search.addEventListener("input", complete);
  search.addEventListener("focus", () => { if (search.value) search.select(); });
  search.addEventListener("blur", () => openList(false));
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (matches.length) active = (active + (event.key === "ArrowDown" ? 1 : matches.length - 1)) % matches.length;
      openList(matches.length > 0);
    } else if (event.key === "Enter") take(active);
    else if (event.key === "Escape") {
      openList(false);
      $("graph").focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
