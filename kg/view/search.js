// The search field and its suggestions.

const MOST_FOUND = 12;
let found = [];
let foundAt = -1;

// 0 is the whole name, then its start, then any part; Infinity is no match.
function matchOf(node, words) {
  const ranks = node.search.map((key) => key === words ? 0 : key.startsWith(words) ? 1 : key.includes(words) ? 2 : Infinity);
  return Math.min(...ranks);
}

function search(words) {
  const key = plain(words);
  const hits = key ? app.nodes.map((node) => ({ node, rank: matchOf(node, key) })).filter(({ rank }) => rank < Infinity) : [];
  hits.sort((a, b) => a.rank - b.rank || b.node.degree - a.node.degree || a.node.id - b.node.id);
  found = hits.slice(0, MOST_FOUND).map(({ node }) => node);
  foundAt = found.length ? 0 : -1;
  renderFound(Boolean(key));
}

function renderFound(open) {
  const options = found.map((node, number) => element("li", { id: `found-${number}`, role: "option", "aria-selected": String(number === foundAt),
    onmousedown: (event) => { event.preventDefault(); chooseFound(number); } },
  makeIcon(node.symbol, node.hue), element("span", { class: "name", text: node.name }),
  element("span", { class: "second", text: [node.names?.slice(0, 2).join("、"), className(node.cls)].filter(Boolean).join(" · ") })));
  find("found").replaceChildren(...(options.length ? options : [element("li", { class: "hint", text: text("nothingFound") })]));
  find("found").hidden = !open;
  find("search").setAttribute("aria-expanded", String(open));
  if (open && foundAt >= 0) find("search").setAttribute("aria-activedescendant", `found-${foundAt}`);
  else find("search").removeAttribute("aria-activedescendant");
}

function chooseFound(number) {
  const node = found[number];
  if (!node) return;
  if (!app.shownNodes.has(node.id) && !app.choosing) showHidden(node.id);
  found = [];
  renderFound(false);
  find("search").value = "";
  pick("node", node.id, { move: true });
  find("canvas").focus({ preventScroll: true });
}

// Only what keeps the entity from being seen is undone.
function showHidden(id) {
  if (!isInScope(id)) {
    changeScope((scope) => {
      scope.hidden.delete(id);
      if (app.surroundings && !app.surroundings.has(id)) scope.around.push(id);
    });
  }
  if (!app.shownNodes.has(id)) clearFilters();
}

function onSearchKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) {
    event.preventDefault();
    foundAt = (foundAt + step + found.length) % found.length;
    renderFound(true);
  } else if (event.key === "Enter") chooseFound(foundAt);
  else if (event.key === "Escape") {
    event.stopPropagation();
    find("search").value = "";
    search("");
    find("canvas").focus({ preventScroll: true });
  }
}
