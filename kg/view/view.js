// State and wiring: what is picked and filtered, the address that says so, search, keys. draw.js draws, panel.js and
// reading.js write, explore.js narrows, fold.js folds, work.js exports.

const root = document.documentElement;
const find = (id) => document.getElementById(id);
const readJson = (id) => JSON.parse(find(id).textContent);
const LANGUAGES = ["zh", "en"];
const MODALITIES = ["actual", "planned", "denied"];
const VIEWS = ["network", "table", "timeline", "sources"];
const FILTERS = { class: "classes", modality: "modality", relation: "relations", article: "articles", community: "communities" };
const darkDevice = matchMedia("(prefers-color-scheme: dark)");

const drawn = readJson("drawing");
const app = makeApp(readJson("contents"), readJson("interface"));
let drawing = null;

// The contents, with what can be looked up in them

function makeApp(contents, words) {
  const classes = new Map(contents.classes.map((one) => [one.name, one]));
  contents.nodes.forEach((node, id) => {
    const { symbol = "circle", hue = -1 } = classes.get(node.cls) || {};
    Object.assign(node, { id, symbol, hue, facts: [], figures: [], degree: 0 });
    node.search = [node.name, ...(node.names || [])].map(plain).concat(node.keys || [], node.adcode || []);
  });
  contents.sources.forEach((source, id) => Object.assign(source, { id, count: 0 }));
  contents.facts.forEach((fact, id) => addFact(contents, fact, id));
  contents.figures.forEach((figure, id) => {
    figure.qualifiers ??= {};
    contents.nodes[figure.of].figures.push(id);
  });
  return {
    ...contents,
    interface: words,
    nodeOfIri: new Map(contents.nodes.map((node) => [node.iri, node.id])),
    factOfIri: new Map(contents.facts.filter((fact) => fact.iri).map((fact) => [fact.iri, fact.id])),
    symmetric: new Set(contents.relations.filter((one) => one.symmetric).map((one) => one.name)),
    language: (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en",
    theme: null, picked: null, view: "network", sure: 0, rows: 300, sorted: { by: null, sign: 1 },
    off: Object.fromEntries(Object.keys(FILTERS).map((name) => [name, new Set()])),
    shownNodes: new Set(), shownFacts: new Set(), filterGroups: [],
    folds: makeFolds(contents.nodes, contents.communities), loose: new Set(), scope: emptyScope(), steps: [], dates: { from: "", to: "" }, choosing: null, wrong: new Set(), same: [],
    text, term, secondTerm, className, modalityName, isPicked, isFiltered,
    pick, setOff, setSure, clearFilters, onlyArticle, sortBy, showMoreRows,
  };
}

function addFact(contents, fact, id) {
  Object.assign(fact, { id, qualifiers: fact.qualifiers || {} });
  fact.articles = new Set((fact.quotes || []).map((quote) => quote.article));
  fact.articles.forEach((article) => { contents.sources[article].count += 1; });
  const [one, other] = [contents.nodes[fact.s], contents.nodes[fact.o]];
  one.facts.push(id);
  if (one === other) return;
  other.facts.push(id);
  one.linked ??= new Set();
  other.linked ??= new Set();
  one.linked.add(other.id);
  other.linked.add(one.id);
  one.degree = one.linked.size;
  other.degree = other.linked.size;
}

function plain(words) {
  return words.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

// Words in the reader's language

function inLanguage(pair, other = false) {
  const chosen = LANGUAGES.indexOf(app.language);
  return pair[other ? 1 - chosen : chosen];
}

function text(key, values = {}) {
  return inLanguage(app.interface[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function term(name) {
  if (Object.hasOwn(app.terms, name)) return inLanguage(app.terms[name]);
  return name.split(/[/#]/).filter(Boolean).pop() || name;
}

function secondTerm(name) {
  return Object.hasOwn(app.terms, name) ? inLanguage(app.terms[name], true) : "";
}

function className(cls) {
  return cls ? term(cls) : text("other");
}

function modalityName(modality) {
  if (!modality) return text("unstated");
  return MODALITIES.includes(modality) ? text(modality) : modality;
}

function isPicked(kind, id) {
  return app.picked?.kind === kind && app.picked.id === id;
}

// Filters

function isFiltered() {
  return app.sure > 0 || app.dates.from || app.dates.to || Object.values(app.off).some((values) => values.size);
}

function showsFact(fact) {
  const { class: classes, relation, modality, article, community } = app.off;
  if (!isInScope(fact.s) || !isInScope(fact.o) || !isInDates(fact)) return false;
  if (community.size && endsOf(fact).some((id) => community.has(communityOf(id)))) return false;
  if (relation.has(fact.p) || modality.has(fact.qualifiers.modality || "") || Number(fact.confidence ?? 1) < app.sure) return false;
  if (classes.has(app.nodes[fact.s].cls || "") || classes.has(app.nodes[fact.o].cls || "")) return false;
  return !article.size || [...fact.articles].some((id) => !article.has(app.sources[id].iri));
}

function isInScope(id) {
  return !app.scope.hidden.has(id) && (!app.surroundings || app.surroundings.has(id) || app.scope.pinned.has(id));
}

function communityOf(id) {
  return app.communities[app.nodes[id].community]?.key || "";
}

// A node stays as long as its class is wanted and, where facts are filtered, one of its facts is; a pinned one always.
function refilter() {
  const { relation, modality, article, community } = app.off;
  const narrowed = app.sure > 0 || app.dates.from || app.dates.to || relation.size || modality.size || article.size;
  app.surroundings = readSurroundings(app.scope);
  app.shownFacts = new Set(app.facts.filter(showsFact).map((fact) => fact.id));
  const shows = (node) => isInScope(node.id) && (app.scope.pinned.has(node.id)
    || !app.off.class.has(node.cls || "") && !community.has(communityOf(node.id))
      && (!narrowed || node.facts.some((id) => app.shownFacts.has(id))));
  app.shownNodes = new Set(app.nodes.filter(shows).map((node) => node.id));
  drawing?.setPinned(app.scope.pinned);
}

function setOff(group, values) {
  app.off[group] = new Set(values);
  changeFilters();
}

function setSure(value) {
  app.sure = value;
  changeFilters();
}

function clearFilters() {
  Object.keys(app.off).forEach((name) => { app.off[name] = new Set(); });
  app.sure = 0;
  app.dates = { from: "", to: "" };
  changeFilters();
}

function onlyArticle(source) {
  setOff("article", app.sources.filter((one) => one !== source).map((one) => one.iri));
  drawing?.fit();
}

function changeFilters(entry = false) {
  const { group, value } = { group: document.activeElement?.closest("fieldset")?.dataset.group, value: document.activeElement?.dataset?.value };
  refilter();
  refocus();
  render();
  writeAddress(entry);
  [...find("filters").querySelectorAll(`fieldset input`)].find((box) =>
    box.dataset.value === value && box.closest("fieldset").dataset.group === group)?.focus();
}

function countBy(items, keyOf) {
  const counts = new Map();
  items.forEach((item) => counts.set(keyOf(item), (counts.get(keyOf(item)) || 0) + 1));
  return counts;
}

function listFilters() {
  const classes = countBy(app.nodes, (node) => node.cls || "");
  const relations = countBy(app.facts, (fact) => fact.p);
  const modalities = countBy(app.facts, (fact) => fact.qualifiers.modality || "");
  const known = MODALITIES.filter((one) => modalities.has(one));
  const options = {
    class: [...app.classes, ...(classes.has("") ? [{ name: "", symbol: "circle", hue: -1 }] : [])].map(({ name, symbol, hue }) =>
      ({ value: name, label: className(name), second: secondTerm(name), count: classes.get(name), icon: () => makeIcon(symbol, hue) })),
    relation: app.relations.map(({ name }) =>
      ({ value: name, label: term(name), second: secondTerm(name), count: relations.get(name) })),
    modality: [...known, ...[...modalities.keys()].filter((one) => !known.includes(one)).sort()].map((name) =>
      ({ value: name, label: modalityName(name), second: MODALITIES.includes(name) && inLanguage(app.interface[name], true),
        count: modalities.get(name), icon: () => makeLine(name) })),
    article: app.sources.map((source) =>
      ({ value: source.iri, label: headlineOf(app, source), count: source.count })),
    community: listCommunities(),
  };
  return Object.entries(FILTERS).map(([name, title]) => ({ name, title, options: options[name] }));
}

// Named by the entity with most links; those too small to be named go together.
function listCommunities() {
  if (app.communities.length < 2) return [];
  const counts = countBy(app.nodes, (node) => communityOf(node.id));
  return [...app.communities.map(({ key, lead }) => ({ value: key, label: app.nodes[lead].name, count: counts.get(key) })),
    ...(counts.has("") ? [{ value: "", label: text("elsewhere"), count: counts.get("") }] : [])];
}

// Picking

function pick(kind, id, { move = false } = {}) {
  if (kind === "node" && app.choosing) { endChoosing(id); return; }
  if (kind === null) app.choosing = null;
  const next = kind === null ? null : { kind, id };
  if (kind !== null && isPicked(kind, id) && !move) return;
  app.picked = next;
  if (move && app.view === "table" && kind === "node" || kind === "path") setView("network");
  refocus();
  renderPicked();
  writeAddress(true);
  if (move) showPicked();
}

function endsOf(fact) {
  return [fact.s, fact.o];
}

// The picked node or fact with what is next to it; drawn above everything else.
function refocus() {
  const nodes = new Set();
  const edges = new Set();
  if (app.picked?.kind === "node") {
    nodes.add(app.picked.id);
    app.nodes[app.picked.id].facts.filter((id) => app.shownFacts.has(id)).forEach((id) => edges.add(id));
  } else if (app.picked?.kind === "path") {
    const { from, to } = app.picked.id;
    [from, to].forEach((id) => nodes.add(id));
    findPaths(from, to).flatMap(factsOfPath).flat().forEach((id) => edges.add(id));
  } else if (app.picked?.kind === "fact") edges.add(app.picked.id);
  edges.forEach((id) => endsOf(app.facts[id]).forEach((end) => nodes.add(end)));
  app.focused = nodes;
  app.loose = isFolding() ? readLoose(app.picked) : new Set();
  drawing?.setVisible(readVisible());
  drawing?.setFocus(app.picked, nodes, edges);
}

function showPicked() {
  if (app.focused.size && app.view === "network") drawing?.moveTo([...app.focused], 1.15);
}

function sortBy(name) {
  app.sorted = { by: name, sign: app.sorted.by === name ? -app.sorted.sign : 1 };
  renderTable(app, find("table"));
  find("table").querySelector(`th[data-column="${name}"] button`)?.focus();
}

function showMoreRows() {
  app.rows += 1000;
  renderTable(app, find("table"));
}

function setView(name) {
  const back = app.view !== "network" && name === "network";
  app.view = name;
  find("page").dataset.view = name;
  find("stage").hidden = name !== "network";
  find("table").hidden = name !== "table";
  find("reading").hidden = !["timeline", "sources"].includes(name);
  VIEWS.forEach((one) => find(`show-${one}`).setAttribute("aria-pressed", String(one === name)));
  renderView();
  if (back) drawing?.network.redraw();
}

function renderView() {
  if (app.view === "table") renderTable(app, find("table"));
  else if (app.view !== "network") renderReading(app, find("reading"));
}

// Rendering

function render() {
  app.filterGroups = listFilters();
  renderFilters(app, find("filters"));
  renderScope(app, find("scope"));
  if (["timeline", "sources"].includes(app.view)) renderView();
  renderPicked();
}

function renderPicked() {
  renderDetails(app, find("details"));
  find("page").toggleAttribute("data-picked", Boolean(app.picked));
  if (app.view === "table") renderView();
  find("status").textContent = text("shown", { nodes: app.nodes.length, facts: app.facts.length,
    shownNodes: app.shownNodes.size, shownFacts: app.shownFacts.size });
}

function renderWords() {
  root.lang = app.language;
  document.querySelectorAll("[data-text]").forEach((node) => { node.textContent = text(node.dataset.text); });
  document.querySelectorAll("[data-label]").forEach((node) => node.setAttribute("aria-label", text(node.dataset.label)));
  document.querySelectorAll("[data-placeholder]").forEach((node) => { node.placeholder = text(node.dataset.placeholder); });
  find("meta").textContent = [...describeSources(), text("counts", { articles: app.sources.length, nodes: app.nodes.length,
    facts: app.facts.length, figures: app.figures.length })].join(" · ");
  find("theme").textContent = text(isDark() ? "light" : "dark");
}

function describeSources() {
  const papers = [...new Set(app.sources.map((source) => source.paper).filter(Boolean))];
  const dates = [...new Set(app.sources.map((source) => source.date).filter(Boolean))].sort();
  const span = dates.length > 1 ? `${dates[0]} – ${dates[dates.length - 1]}` : dates[0];
  return [papers.slice(0, 3).join("、") + (papers.length > 3 ? " …" : ""), span].filter(Boolean);
}

function isDark() {
  return app.theme ? app.theme === "dark" : darkDevice.matches;
}

function applyTheme() {
  const theme = isDark() ? "dark" : "light";
  find("theme").textContent = text(isDark() ? "light" : "dark");
  if (root.dataset.theme === theme) return;
  root.dataset.theme = theme;
  drawing?.setTheme();
}

// The address: what is after # restores the view

function writeAddress(entry = false) {
  const address = new URLSearchParams();
  const { picked } = app;
  if (picked?.kind === "node") address.set("node", app.nodes[picked.id].iri);
  if (picked?.kind === "fact") address.set("fact", factKey(picked.id));
  if (picked?.kind === "fold") address.set("fold", picked.id);
  if (picked?.kind === "path") [picked.id.from, picked.id.to].forEach((id) => address.append("path", app.nodes[id].iri));
  for (const name of SCOPES) [...app.scope[name]].forEach((id) => address.append(name, app.nodes[id].iri));
  app.scope.open.forEach((key) => address.append("open", key));
  ["from", "to"].filter((end) => app.dates[end]).forEach((end) => address.set(end, app.dates[end]));
  app.wrong.forEach((id) => address.append("wrong", factKey(id)));
  app.same.flat().forEach((id) => address.append("same", app.nodes[id].iri));
  Object.entries(app.off).forEach(([name, values]) => [...values].sort().forEach((value) => address.append(`no-${name}`, value)));
  if (app.sure) address.set("confidence", app.sure);
  if (app.view !== "network") address.set("view", app.view);
  if (app.chosenLanguage) address.set("lang", app.language);
  if (app.theme) address.set("theme", app.theme);
  const hash = `#${address}`;
  if (hash !== (location.hash || "#")) history[entry ? "pushState" : "replaceState"](null, "", hash);
}

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  Object.keys(app.off).forEach((name) => { app.off[name] = new Set(address.getAll(`no-${name}`)); });
  app.sure = Math.min(Math.max(Number(address.get("confidence")) || 0, 0), 1);
  app.theme = ["light", "dark"].includes(address.get("theme")) ? address.get("theme") : null;
  app.chosenLanguage = LANGUAGES.includes(address.get("lang"));
  if (app.chosenLanguage) app.language = address.get("lang");
  app.picked = readPicked(address);
  readScope(address);
  setView(VIEWS.includes(address.get("view")) ? address.get("view") : "network");
}

function readScope(address) {
  const nodesOf = (name) => address.getAll(name).map((iri) => app.nodeOfIri.get(iri)).filter((id) => id !== undefined);
  app.scope = { around: nodesOf("around"), hidden: new Set(nodesOf("hidden")),
    pinned: new Set(nodesOf("pinned")), open: new Set(address.getAll("open").filter((key) => key === EVERYTHING || app.folds.has(key))) };
  app.dates = { from: readDate(address.get("from")), to: readDate(address.get("to")) };
  app.wrong = new Set(address.getAll("wrong").map(factOfKey).filter((id) => id !== undefined));
  const same = nodesOf("same");
  app.same = same.filter((_, place) => place % 2 === 0 && place + 1 < same.length).map((id, pair) => [id, same[2 * pair + 1]]);
}

function factKey(id) {
  return app.facts[id].iri || String(id);
}

function factOfKey(key) {
  return app.factOfIri.get(key) ?? app.facts[key]?.id;
}

function readPicked(address) {
  const node = app.nodeOfIri.get(address.get("node"));
  const fact = factOfKey(address.get("fact"));
  const [from, to] = address.getAll("path").map((iri) => app.nodeOfIri.get(iri));
  if (from !== undefined && to !== undefined) return { kind: "path", id: { from, to } };
  if (app.folds.has(address.get("fold"))) return { kind: "fold", id: address.get("fold") };
  return node !== undefined ? { kind: "node", id: node } : fact !== undefined ? { kind: "fact", id: fact } : null;
}

function restore() {
  readAddress();
  applyTheme();
  renderWords();
  refilter();
  refocus();
  render();
}

// Search

const MOST_FOUND = 12;
const SCOPES = ["around", "hidden", "pinned"];
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

// Keys

function onKey(event) {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing) {
    event.preventDefault();
    find("search").focus();
  } else if (event.key === "Escape") pick(null);
}

function onCanvasKey(event) {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  if (event.key in ways) {
    event.preventDefault();
    step(...ways[event.key]);
  } else if (event.key === "+" || event.key === "=") drawing?.zoom(1.3);
  else if (event.key === "-") drawing?.zoom(1 / 1.3);
  else if (event.key === "0") drawing?.fit();
}

// From the picked node to the one next to it that lies most in that direction; from none, to the one with most links.
function step(dx, dy) {
  const shown = app.nodes.filter((node) => app.shownNodes.has(node.id));
  if (app.picked?.kind !== "node") {
    const first = app.picked?.kind === "fact" ? app.nodes[app.facts[app.picked.id].s] : shown.reduce((a, b) => (b.degree > a.degree ? b : a), shown[0]);
    if (first) pick("node", first.id, { move: true });
    return;
  }
  const here = drawing.position(app.picked.id);
  const near = [...app.focused].filter((id) => id !== app.picked.id).map((id) => {
    const [x, y] = [drawing.position(id).x - here.x, drawing.position(id).y - here.y];
    return { id, along: (x * dx + y * dy) / Math.hypot(x, y) };
  }).filter(({ along }) => along > 0.2).sort((a, b) => b.along - a.along);
  if (near.length) pick("node", near[0].id, { move: true });
}

// Start

function startDrawing() {
  const edges = drawn.edges.map((edge) => ({ ...edge, modality: app.facts[edge.id].qualifiers.modality }));
  const nodes = drawn.nodes.map(({ id, x, y, size, label }) =>
    ({ id, x, y, size, label, symbol: app.nodes[id].symbol, hue: app.nodes[id].hue }));
  return makeDrawing(find("canvas"), {
    nodes, edges, options: readJson("options"),
    captionOf: (id) => ({ words: captionOf(app, app.facts[id]), struck: app.facts[id].qualifiers.modality === "denied" }),
    on: { pick, open: openFold, covered: () => find("scope").offsetHeight, ready: () => { root.dataset.ready = "true"; } },
  });
}

function listen() {
  find("search").addEventListener("input", (event) => search(event.target.value));
  find("search").addEventListener("keydown", onSearchKey);
  find("search").addEventListener("blur", () => renderFound(false));
  find("search").addEventListener("focus", (event) => search(event.target.value));
  VIEWS.forEach((name) => find(`show-${name}`).addEventListener("click", () => { setView(name); writeAddress(true); }));
  Object.entries(EXPORTS).forEach(([name, save]) => find(`export-${name}`).addEventListener("click", () => {
    find("export").open = false;
    save();
  }));
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    setView("table");
    writeAddress();
    find("table").focus();
  });
  find("language").addEventListener("click", () => {
    Object.assign(app, { language: app.language === "zh" ? "en" : "zh", chosenLanguage: true });
    writeAddress();
    restore();
  });
  find("theme").addEventListener("click", () => {
    app.theme = isDark() ? "light" : "dark";
    applyTheme();
    writeAddress();
  });
  find("zoom-in").addEventListener("click", () => drawing?.zoom(1.3));
  find("zoom-out").addEventListener("click", () => drawing?.zoom(1 / 1.3));
  find("fit").addEventListener("click", () => drawing?.fit());
  find("canvas").addEventListener("keydown", onCanvasKey);
  document.addEventListener("keydown", onKey);
  darkDevice.addEventListener("change", applyTheme);
  addEventListener("popstate", restore);
  addEventListener("hashchange", restore);
}

function start() {
  readAddress();
  applyTheme();
  if (app.nodes.length) drawing = startDrawing();
  listen();
  restore();
  if (!drawing || app.view !== "network") root.dataset.ready = "true";
  if (!drawing) return;
  drawing.fit();
  showPicked();
}

start();
