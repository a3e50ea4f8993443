// The table of facts.

const COLUMNS = [
  ["subject", (app, fact) => app.nodes[fact.s].name],
  ["relation", (app, fact) => app.term(fact.p)],
  ["object", (app, fact) => app.nodes[fact.o].name],
  ["modality", (app, fact) => app.modalityName(fact.qualifiers.modality)],
  ["onDate", (app, fact) => dateOf(fact.qualifiers).replace(/^ – $/, "")],
  ["amount", (app, fact) => amountOf(app, fact.qualifiers)],
  ["qualifiers", (app, fact) => app.qualifiers.filter((name) => name in fact.qualifiers && !DRAWN_TOGETHER.has(name) && name !== "onDate")
    .map((name) => `${app.term(name)} ${formatQualifier(app, name, fact.qualifiers[name])}`).join("；")],
  ["confidence", (app, fact) => fact.confidence || ""],
  ["quote", (app, fact) => (fact.quotes || []).map((quote) => quote.text).join(" ‖ ") || (fact.attributed || []).join("；")],
  ["source", (app, fact) => [...new Set((fact.quotes || []).map((quote) => headlineOf(app, app.sources[quote.article])))].join("；")],
];

function sortKey(fact, name, shown) {
  if (name === "amount") return Number(fact.qualifiers.amount ?? -1);
  if (name === "confidence") return Number(fact.confidence ?? -1);
  return shown;
}

function sortedFacts(app) {
  const facts = [...app.shownFacts].map((id) => app.facts[id]);
  const column = COLUMNS.find(([name]) => name === app.sorted.by);
  if (column) {
    const compare = new Intl.Collator("zh").compare;
    const keys = new Map(facts.map((fact) => [fact, sortKey(fact, column[0], column[1](app, fact))]));
    facts.sort((a, b) => app.sorted.sign * (typeof keys.get(a) === "number" ? keys.get(a) - keys.get(b) : compare(keys.get(a), keys.get(b))));
  }
  return facts;
}

function renderTable(app, panel) {
  const facts = sortedFacts(app);
  const body = element("tbody");
  body.append(...facts.slice(0, app.rows).map((fact) => tableRow(app, fact)));
  const left = facts.length - app.rows;
  panel.replaceChildren(element("table", {}, element("caption", { text: app.text("tableCaption") }),
    element("thead", {}, element("tr", {}, ...COLUMNS.map(([name]) => tableHead(app, name)))), body));
  if (left > 0) panel.append(makeButton(app.text("more", { count: left }), app.showMoreRows, { class: "wide" }));
}

function tableHead(app, name) {
  const sorted = app.sorted.by === name;
  const label = name in app.terms ? app.term(name) : app.text(name);
  return element("th", { scope: "col", "data-column": name, "aria-sort": sorted ? (app.sorted.sign > 0 ? "ascending" : "descending") : undefined },
    makeButton(label, () => app.sortBy(name), { class: "plain" }));
}

function tableRow(app, fact) {
  const cells = COLUMNS.map(([name, show]) => {
    const end = { subject: fact.s, object: fact.o }[name];
    const text = show(app, fact);
    if (end !== undefined) return element("td", {}, nodeButton(app, app.nodes[end]));
    if (name === "relation") return element("td", { class: name }, makeButton(text, () => app.pick("fact", fact.id), { class: "plain" }));
    return element("td", { text, class: name });
  });
  return element("tr", { class: fact.qualifiers.modality || "", "data-fact": fact.iri || "", "aria-current": app.isPicked("fact", fact.id) ? "true" : undefined }, ...cells);
}
