// What the reader wants to see: by class, relation, modality, article, community, confidence.

const FILTERS = { class: "classes", modality: "modality", relation: "relations", article: "articles", community: "communities" };

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

// Their boxes

function renderFilters(app, panel) {
  const groups = app.filterGroups.filter((group) => group.options.length);
  panel.replaceChildren(
    element("h2", { text: app.text("filters") }),
    ...groups.map((group) => makeFilterGroup(app, group)),
    makeDates(app),
    makeConfidence(app),
    makeButton(app.text("reset"), app.clearFilters, { class: "wide", hidden: !app.isFiltered() }),
  );
}

function makeFilterGroup(app, group) {
  const off = app.off[group.name];
  const all = makeButton(app.text("all"), () => app.setOff(group.name, []), { class: "small", hidden: !off.size });
  return element("fieldset", { "data-group": group.name },
    element("legend", {}, element("span", { text: app.text(group.title) }), all),
    ...group.options.map((option) => makeFilter(app, group, option, off)));
}

function makeFilter(app, group, option, off) {
  const others = group.options.map(({ value }) => value).filter((value) => value !== option.value);
  const box = element("input", { type: "checkbox", checked: !off.has(option.value), "data-value": option.value,
    onchange: (event) => app.setOff(group.name,
      event.target.checked ? [...off].filter((one) => one !== option.value) : [...off, option.value]) });
  return element("div", { class: "filter" },
    element("label", {}, box, option.icon?.(), element("span", { class: "name", text: option.label }),
      option.second && element("span", { class: "second", text: option.second })),
    makeButton(app.text("only"), () => app.setOff(group.name, others), { class: "small only" }),
    element("span", { class: "count", text: option.count }));
}

function makeConfidence(app) {
  const output = element("output", { text: app.sure.toFixed(2) });
  const slider = element("input", { type: "range", min: 0, max: 1, step: 0.05, "data-filter": "confidence",
    oninput: (event) => { output.textContent = Number(event.target.value).toFixed(2); },
    onchange: (event) => app.setSure(Number(event.target.value)) });
  slider.value = app.sure;
  return element("label", { class: "slider" }, element("span", {}, `${app.text("confidence")} `, output), slider);
}
