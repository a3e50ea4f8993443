// The panel beside the drawing: what is picked, with its facts, figures and quotes. `app` is the state and the actions
// of view.js.

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
