// Narrowing the network by hand: surroundings of entities, hidden and pinned ones, dates; and shortest paths.
// Every step is kept in the address and can be undone.

const MOST_NEIGHBOURS = 50;
const MOST_PATHS = 5;

function emptyScope() {
  return { around: [], hidden: new Set(), pinned: new Set(), open: new Set() };
}

function copyScope({ around, hidden, pinned, open }) {
  return { around: [...around], hidden: new Set(hidden), pinned: new Set(pinned), open: new Set(open) };
}

function changeScope(change) {
  app.steps.push(copyScope(app.scope));
  change(app.scope);
  changeFilters(true);
}

function undoScope() {
  if (!app.steps.length) return;
  app.scope = app.steps.pop();
  changeFilters(true);
  if (app.scope.around.length) drawing?.fit();
}

function resetScope() {
  changeScope((scope) => Object.assign(scope, emptyScope(), { open: new Set(isFolding() ? [EVERYTHING] : []) }));
  drawing?.fit();
}

// The entities next to this one, those with most links first.
function neighboursOf(id) {
  return [...(app.nodes[id].linked || [])].sort((a, b) => app.nodes[b].degree - app.nodes[a].degree || a - b);
}

// What the surroundings hold; null is everything.
function readSurroundings({ around }) {
  return around.length ? new Set(around.flatMap((id) => [id, ...neighboursOf(id).slice(0, MOST_NEIGHBOURS)])) : null;
}

function showAround(id) {
  changeScope((scope) => { scope.around = [id]; });
  drawing?.fit();
}

function expand(id) {
  changeScope((scope) => { scope.around = [...scope.around.filter((one) => one !== id), id]; });
  drawing?.fit();
}

function hide(id) {
  app.picked = null;
  changeScope((scope) => {
    scope.hidden.add(id);
    scope.pinned.delete(id);
  });
}

function togglePin(id) {
  changeScope(({ pinned }) => { if (!pinned.delete(id)) pinned.add(id); });
}

// Dates: a fact is as old as it says, or as the articles that report it

function periodOf(fact) {
  const { dateFrom, dateTo } = fact.qualifiers;
  if (dateFrom || dateTo) return [dateFrom || dateTo, dateTo || dateFrom];
  const dates = [...fact.articles].map((id) => app.sources[id].date).filter(Boolean).sort();
  return dates.length ? [dates[0], dates[dates.length - 1]] : null;
}

function isInDates(fact) {
  const { from, to } = app.dates;
  if (!from && !to) return true;
  const period = periodOf(fact);
  return Boolean(period) && (!from || period[1] >= from) && (!to || period[0] <= to);
}

function setDate(end, value) {
  app.dates[end] = readDate(value);
  changeFilters();
}

function readDate(text) {
  return /^\d{4}-\d\d-\d\d$/.test(text || "") ? text : "";
}

// Paths

// Shortest paths over the facts that are shown, each a list of entities; at most MOST_PATHS of them.
function findPaths(from, to) {
  const before = new Map([[from, []]]);
  let front = [from];
  while (front.length && !before.has(to)) {
    const next = new Map();
    for (const id of front) {
      for (const other of shownNeighbours(id)) {
        if (!before.has(other)) next.set(other, [...(next.get(other) || []), id]);
      }
    }
    next.forEach((ids, id) => before.set(id, ids));
    front = [...next.keys()];
  }
  return before.has(to) ? unrollPaths(before, from, [[to]]) : [];
}

function unrollPaths(before, from, paths) {
  if (paths[0][0] === from) return paths;
  const longer = paths.flatMap((path) => before.get(path[0]).map((id) => [id, ...path]));
  return unrollPaths(before, from, longer.slice(0, MOST_PATHS));
}

function shownNeighbours(id) {
  const others = app.nodes[id].facts.filter((fact) => app.shownFacts.has(fact))
    .map((fact) => (app.facts[fact].s === id ? app.facts[fact].o : app.facts[fact].s));
  return [...new Set(others)].sort((a, b) => app.nodes[b].degree - app.nodes[a].degree || a - b);
}

function factsBetween(one, other) {
  const ends = new Set([one, other]);
  return app.nodes[one].facts.filter((id) => app.shownFacts.has(id) && ends.has(app.facts[id].s) && ends.has(app.facts[id].o)
    && app.facts[id].s !== app.facts[id].o);
}

function factsOfPath(path) {
  return path.slice(1).map((id, number) => factsBetween(path[number], id));
}

function pathDetails(app, { from, to }) {
  const paths = findPaths(from, to);
  const head = element("div", { class: "head" }, element("h2", { text: app.text("path") }), closeButton(app));
  const ends = element("p", { class: "ends" }, nodeButton(app, app.nodes[from]), element("span", { class: "arrow", text: "⋯" }),
    nodeButton(app, app.nodes[to]));
  if (!paths.length) return [head, ends, element("p", { class: "hint", text: app.text("noPath") })];
  const length = element("p", { class: "hint", text: app.text(`pathLength${paths[0].length === 2 ? "One" : ""}`, { steps: paths[0].length - 1 })
    + (paths.length > 1 ? app.text("pathCount", { count: paths.length }) : "") });
  return [head, ends, length, ...paths.map((path, number) => onePath(app, path, paths.length > 1 ? number + 1 : 0))];
}

function onePath(app, path, number) {
  const steps = factsOfPath(path).map((ids, step) => element("li", {},
    element("h3", { class: "step" }, nodeButton(app, app.nodes[path[step]]), element("span", { class: "arrow", text: "–" }),
      nodeButton(app, app.nodes[path[step + 1]])),
    ...makeLong(app, ids, (id) => stepFact(app, app.facts[id], path[step]), 5)));
  return element("section", { class: "path" }, number ? element("h3", { text: app.text("pathNumber", { number }) }) : null,
    element("ol", { class: "steps" }, ...steps));
}

function stepFact(app, fact, from) {
  const arrow = app.symmetric.has(fact.p) ? "↔" : fact.s === from ? "→" : "←";
  return element("div", {}, makeButton(`${arrow} ${app.term(fact.p)}`, () => app.pick("fact", fact.id), { class: "plain sentence" }),
    factCard(app, fact, null));
}

// A fact in a line of words: who, relation, whom
function sentenceOf(app, fact) {
  const arrow = app.symmetric.has(fact.p) ? "↔" : "→";
  return element("button", { type: "button", class: "plain sentence", onclick: () => app.pick("fact", fact.id) },
    element("span", { text: app.nodes[fact.s].name }), element("span", { class: "verb", text: ` ${app.term(fact.p)} ${arrow} ` }),
    element("span", { text: app.nodes[fact.o].name }));
}

// Choosing a second entity, for a path or for a merge

function choose(purpose, id) {
  app.choosing = { purpose, id };
  renderScope(app, find("scope"));
  find("search").focus();
}

function endChoosing(id) {
  const { purpose, id: first } = app.choosing;
  app.choosing = null;
  renderScope(app, find("scope"));
  if (id === first) return;
  if (purpose === "path") showPath(first, id);
  else markSame(first, id);
}

// Over the whole graph, whatever part of it was shown.
function showPath(from, to) {
  if (app.surroundings) changeScope((scope) => { scope.around = []; });
  pick("path", { from, to }, { move: true });
}

// What can be done with an entity, above its facts

function nodeActions(app, node) {
  const { id } = node;
  const more = neighboursOf(id).length - MOST_NEIGHBOURS;
  return element("div", { class: "actions" },
    makeButton(app.text("around"), () => showAround(id), { class: "action" }),
    app.scope.around.length > 0 && !app.scope.around.includes(id) && makeButton(app.text("expand"), () => expand(id), { class: "action" }),
    makeButton(app.text("pathFrom"), () => choose("path", id), { class: "action" }),
    makeButton(app.text(app.scope.pinned.has(id) ? "unpin" : "pin"), () => togglePin(id), { class: "action",
      "aria-pressed": String(app.scope.pinned.has(id)) }),
    makeButton(app.text("hide"), () => hide(id), { class: "action" }),
    makeButton(app.text("sameAs"), () => choose("same", id), { class: "action" }),
    app.scope.around.includes(id) && more > 0 && element("p", { class: "hint", text: app.text("capped", { most: MOST_NEIGHBOURS, left: more }) }));
}

// What is narrowed or being chosen, in a line above the drawing
function renderScope(app, panel) {
  const { around, hidden } = app.scope;
  const names = around.slice(0, 3).map((id) => app.nodes[id].name).join("、") + (around.length > 3 ? " …" : "");
  const parts = [
    app.choosing && element("strong", { text: app.text(app.choosing.purpose === "path" ? "choosePath" : "chooseSame",
      { name: app.nodes[app.choosing.id].name }) }),
    app.choosing && makeButton(app.text("cancel"), () => { app.choosing = null; renderScope(app, panel); }, { class: "small" }),
    app.whole && element("span", { text: app.text("cut", { count: app.nodes.length, ...app.whole }) }),
    isFolding() && element("span", { text: app.text("summary", { count: app.nodes.length, folds: app.communities.length }) }),
    around.length > 0 && element("span", { text: app.text("aroundOf", { names }) }),
    hidden.size > 0 && element("span", { text: app.text("hiddenCount", { count: hidden.size }) }),
    app.steps.length > 0 && makeButton(app.text("undo"), undoScope, { class: "small" }),
    (around.length > 0 || hidden.size > 0 || isFolding()) && makeButton(app.text("wholeGraph"), resetScope, { class: "small" }),
  ].filter(Boolean);
  panel.replaceChildren(...parts);
  panel.hidden = !parts.length;
}

function makeDates(app) {
  const field = (end) => element("label", {}, element("span", { text: app.text(end) }),
    element("input", { type: "date", value: app.dates[end], "data-date": end, onchange: (event) => setDate(end, event.target.value) }));
  return element("fieldset", { class: "dates", "data-group": "dates" }, element("legend", {}, element("span", { text: app.text("dates") })),
    field("from"), field("to"), element("p", { class: "hint", text: app.text("datesHint") }));
}
