// The words around the drawing: legend and filters, details, table. Everything becomes text nodes: nothing that
// comes from the graph is ever read as HTML. `app` is the state and the actions of view.js.

function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function makeButton(text, onclick, properties = {}) {
  return element("button", { type: "button", text, onclick, ...properties });
}

function makeIcon(symbol, hue) {
  const make = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
  };
  const icon = make("svg", { viewBox: "-1.5 -1.5 3 3", class: `icon hue-${hue}`, "aria-hidden": "true" });
  const points = SYMBOLS[symbol];
  icon.append(points ? make("polygon", { points: points.map((point) => point.join(",")).join(" ") }) : make("circle", { r: 1 }));
  return icon;
}

function makeLine(modality) {
  return element("span", { class: `line ${modality}`, "aria-hidden": "true" });
}

function makeLink(address) {
  if (!/^https?:\/\//i.test(address)) return element("span", { text: address });
  let shown = address;
  try { shown = decodeURI(address); } catch { /* shown as it is */ }
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", text: shown });
}

// Numbers

const PRECISIONS = ["exact", "over", "under", "about"];
const UNITS = { zh: [[1e8, "亿"], [1e4, "万"]], en: [[1e9, " billion"], [1e6, " million"]] };

function formatNumber(text, language) {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const [size, unit] = UNITS[language].find(([least]) => Math.abs(value) >= least) || [1, ""];
  return (value / size).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: 4 }) + unit;
}

function formatMoney(text, currency, language) {
  const number = formatNumber(text, language);
  if (language === "en") return currency ? `${currency} ${number}` : number;
  return currency === "CNY" ? `${number}元` : `${number} ${currency || ""}`.trim();
}

// `value` and `valueTo` with what stands before them: 超50亿元, about CNY 5 billion, 30–40 家
function formatRange(app, value, valueTo, unit, qualifier) {
  if (value === undefined) return unit || "";
  const money = /^[A-Z]{3}$/.test(unit || "");
  const show = (text) => money ? formatMoney(text, unit, app.language)
    : `${formatNumber(text, app.language)}${unit && unit !== "%" ? " " : ""}${unit || ""}`;
  const words = PRECISIONS.includes(qualifier) ? app.text(qualifier) : "";
  return words + show(value) + (valueTo ? `–${show(valueTo)}` : "");
}

const DRAWN_TOGETHER = new Set(["amount", "amountTo", "currency", "amountQualifier", "dateFrom", "dateTo", "modality",
  "of", "measure", "value", "valueTo", "unit"]);

function amountOf(app, { amount, amountTo, currency, amountQualifier }) {
  return amount === undefined ? "" : formatRange(app, amount, amountTo, currency || "CNY", amountQualifier);
}

function dateOf({ onDate, dateFrom, dateTo }) {
  if (dateFrom && dateTo && dateFrom !== dateTo && (onDate || "").length === 10) return `${dateFrom} – ${dateTo}`;
  return onDate || (dateFrom === dateTo ? dateFrom : `${dateFrom || ""} – ${dateTo || ""}`) || "";
}

function formatQualifier(app, name, value) {
  if (name === "position") return app.text("rank", { value });
  if (name === "share") return `${value}%`;
  const node = app.nodeOfIri.get(value);
  return node === undefined ? value : app.nodes[node].name;
}

// What a line says when it is looked at
function captionOf(app, fact) {
  const { position, role } = fact.qualifiers;
  const extra = [position && app.text("rank", { value: position }), amountOf(app, fact.qualifiers), role].find(Boolean);
  return [app.term(fact.p), extra].filter(Boolean).join(" · ");
}

// Legend and filters

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

// Details

function renderDetails(app, panel) {
  const { picked } = app;
  const parts = !picked ? overview(app) : picked.kind === "node" ? nodeDetails(app, picked.id)
    : picked.kind === "path" ? pathDetails(app, picked.id)
      : picked.kind === "fold" ? foldDetails(app, picked.id) : factDetails(app, picked.id);
  parts.push(curationPanel(app));
  panel.replaceChildren(...parts.filter(Boolean));
  panel.scrollTop = 0;
}

function overview(app) {
  if (!app.nodes.length) {
    return [element("h2", { text: app.text("emptyTitle") }), element("p", { text: app.text("emptyText") })];
  }
  const main = app.nodes.filter((node) => node.degree).sort((a, b) => b.degree - a.degree || a.id - b.id).slice(0, 12);
  return [
    element("p", { class: "hint", text: app.text("help") }),
    main.length && element("h2", { text: app.text("mainEntities") }),
    main.length && element("p", { class: "hint", text: app.text("mainHint") }),
    main.length && element("ol", { class: "list" }, ...main.map((node) => element("li", {}, nodeButton(app, node),
      element("span", { class: "count", text: node.degree })))),
    ...foldList(app),
    app.sources.length && element("h2", { text: app.text("articles") }),
    app.sources.length && element("p", { class: "hint", text: app.text("sourcesHint") }),
    element("ol", { class: "list sources" }, ...app.sources.map((source) => element("li", {},
      makeButton(headlineOf(app, source), () => app.onlyArticle(source), { class: "plain" }),
      element("span", { class: "second", text: bylineOf({ ...source, authors: [] }) }),
      element("span", { class: "count", text: app.text("factCount", { count: source.count }) })))),
  ];
}

function nodeButton(app, node) {
  return element("button", { type: "button", class: "plain entity", onclick: () => app.pick("node", node.id, { move: true }) },
    makeIcon(node.symbol, node.hue), element("span", { text: node.name }));
}

function headlineOf(app, source) {
  return source.headline || app.text("untitled");
}

function bylineOf(source) {
  return [source.paper, source.date, source.section, ...(source.authors || [])].filter(Boolean).join(" · ");
}

function closeButton(app) {
  return makeButton("×", () => app.pick(null), { class: "close", "aria-label": app.text("close"), title: app.text("close") });
}

function nodeDetails(app, id) {
  const node = app.nodes[id];
  const facts = node.facts.filter((fact) => app.shownFacts.has(fact));
  return [
    element("div", { class: "head" }, makeIcon(node.symbol, node.hue), element("h2", { text: node.name }), closeButton(app)),
    element("p", { class: "second", text: [app.className(node.cls), node.adcode,
      app.text("links", { count: node.degree })].filter(Boolean).join(" · ") }),
    nodeActions(app, node),
    description(app, node),
    ...factGroups(app, node, facts),
    !facts.length && element("p", { class: "hint", text: app.text(node.facts.length ? "noShownFacts" : "noFacts") }),
    node.figures.length && element("h3", { text: `${app.text("figures")} (${node.figures.length})` }),
    ...node.figures.map((figure) => figureCard(app, app.figures[figure])),
  ];
}

const WIKIDATA = /^https?:\/\/www\.wikidata\.org\/(entity|wiki)\/Q\d+$/;

function description(app, node) {
  const rows = [[app.text("names"), node.names?.length && node.names.join("、")], [app.text("iri"), makeLink(node.iri)],
    ...(node.links || []).map((link) => [WIKIDATA.test(link) ? "Wikidata" : app.text("seeAlso"), makeLink(link)])];
  return element("dl", {}, ...rows.filter(([, value]) => value).flatMap(([name, value]) =>
    [element("dt", { text: name }), element("dd", {}, value)]));
}

function factGroups(app, node, facts) {
  const groups = new Map();
  for (const id of facts) {
    const { p, s } = app.facts[id];
    const key = `${p} ${app.symmetric.has(p) || s === node.id}`;
    groups.set(key, [...(groups.get(key) || []), id]);
  }
  return [...groups.values()].map((ids) => {
    const fact = app.facts[ids[0]];
    const arrow = app.symmetric.has(fact.p) ? "↔" : fact.s === node.id ? "→" : "←";
    return element("section", { class: "group" },
      element("h3", {}, `${arrow} ${app.term(fact.p)} `, element("span", { class: "second", text: app.secondTerm(fact.p) }),
        element("span", { class: "count", text: ids.length })),
      ...makeLong(app, ids, (id) => factCard(app, app.facts[id], node.id)));
  });
}

// The first items, and a button that brings the rest.
function makeLong(app, items, make, most = 20) {
  const cards = items.slice(0, most).map(make);
  if (items.length <= most) return cards;
  const more = makeButton(app.text("more", { count: items.length - most }),
    () => more.replaceWith(...makeLong(app, items.slice(most), make, most * 10)), { class: "wide" });
  return [...cards, more];
}

function factDetails(app, id) {
  const fact = app.facts[id];
  return [
    element("div", { class: "head" }, element("h2", { text: app.term(fact.p) }),
      element("span", { class: "second", text: app.secondTerm(fact.p) }), closeButton(app)),
    element("p", { class: "ends" }, nodeButton(app, app.nodes[fact.s]),
      element("span", { class: "arrow", text: app.symmetric.has(fact.p) ? "↔" : "→" }), nodeButton(app, app.nodes[fact.o])),
    fact.iri && element("dl", {}, element("dt", { text: app.text("iri") }), element("dd", {}, makeLink(fact.iri))),
    factCard(app, fact, null),
  ];
}

// A fact as seen from one of its ends; from neither, its ends are not repeated.
function factCard(app, fact, from) {
  const other = fact.s === from ? fact.o : fact.s;
  return element("article", { class: `card ${fact.qualifiers.modality || ""} ${app.wrong.has(fact.id) ? "wrong" : ""}`, "data-fact": fact.iri || "" },
    from !== null && element("div", { class: "card-head" }, nodeButton(app, app.nodes[other])),
    chips(app, fact),
    ...quotesOf(app, fact),
    recordActions(app, fact));
}

function figureCard(app, figure) {
  const { measure, value, valueTo, unit, amountQualifier, modality } = figure.qualifiers;
  return element("article", { class: `card figure ${modality || ""}` },
    element("div", { class: "card-head" }, element("span", { class: "name", text: measure || "" }),
      element("strong", { text: formatRange(app, value, valueTo, unit, amountQualifier) })),
    chips(app, figure),
    ...quotesOf(app, figure),
    recordActions(app, figure));
}

function chips(app, record) {
  const { qualifiers } = record;
  const [modality, date, amount] = [qualifiers.modality, dateOf(qualifiers), amountOf(app, qualifiers)];
  const rest = app.qualifiers.filter((name) => name in qualifiers && !DRAWN_TOGETHER.has(name) && name !== "onDate");
  return element("ul", { class: "chips" },
    modality && element("li", { class: `chip ${modality}` }, makeLine(modality), app.modalityName(modality)),
    date.trim() && date !== " – " && element("li", { class: "chip", text: date }),
    amount && element("li", { class: "chip strong", text: amount }),
    ...rest.map((name) => element("li", { class: "chip" }, element("span", { class: "second", text: `${app.term(name)} ` }),
      formatQualifier(app, name, qualifiers[name]))),
    record.confidence && element("li", { class: "chip second", text: app.text("confidenceShort", { value: record.confidence }) }));
}

function quotesOf(app, record) {
  const quotes = (record.quotes || []).map((quote) => quoteBlock(app, quote));
  const said = (record.attributed || []).map((agent) => element("p", { class: "second", text: `${app.text("attributed")} ${agent}` }));
  if (!quotes.length && !said.length) return [element("p", { class: "second", text: app.text("noSource") })];
  if (quotes.length < 2) return [...said, ...quotes];
  return [...said, quotes[0], element("details", {},
    element("summary", { text: app.text("moreQuotes", { count: quotes.length - 1 }) }), ...quotes.slice(1))];
}

// The quote marked in its sentence. Offsets count code points, JavaScript's strings do not.
function quoteBlock(app, quote) {
  const source = app.sources[quote.article];
  source.points ??= Array.from(source.body || "");
  const [first, start, end, last] = quote.span;
  const cut = (from, to) => source.points.slice(from, to).join("");
  return element("figure", { class: "quote" },
    element("blockquote", { lang: "zh" }, cut(first, start), element("mark", { text: quote.text }), cut(end, last)),
    element("figcaption", {}, element("cite", { lang: "zh", text: headlineOf(app, source) }), " ",
      element("span", { class: "second", text: [bylineOf(source), ...pagesOf(app, quote)].filter(Boolean).join(" · "),
        title: [quote.rule, ...(quote.regions || [])].join("\n") })));
}

// The pages of a PDF on which a quote stands
function pagesOf(app, quote) {
  const pages = (quote.regions || []).map((region) => new URLSearchParams(region).get("page")).filter(Boolean);
  return [...new Set(pages)].map((page) => app.text("pageOf", { page }));
}

// Table

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
