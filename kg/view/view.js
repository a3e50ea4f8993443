// Wiring: what is picked, what is drawn and written anew when something changes, and the start. draw.js draws, panel.js,
// table.js and reading.js write, filters.js and explore.js narrow, fold.js folds, address.js remembers, work.js exports.

const root = document.documentElement;
const find = (id) => document.getElementById(id);
const readJson = (id) => JSON.parse(find(id).textContent);
const VIEWS = ["network", "table", "timeline", "sources"];
const darkDevice = matchMedia("(prefers-color-scheme: dark)");

const drawn = readJson("drawing");
const app = makeApp(readJson("contents"), readJson("interface"));
let drawing = null;

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
