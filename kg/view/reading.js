// The same facts to read: a timeline, and the articles with the words that were used marked in their text.

function renderReading(app, panel) {
  panel.replaceChildren(...(app.view === "timeline" ? timeline(app) : sourceList(app)));
}

function timeline(app) {
  const days = new Map();
  for (const id of app.shownFacts) {
    const period = periodOf(app.facts[id]);
    const key = period ? period[0] : "";
    days.set(key, [...(days.get(key) || []), id]);
  }
  const order = [...days.keys()].sort((a, b) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1));
  return [element("h2", { text: app.text("timeline") }), element("p", { class: "hint", text: app.text("timelineHint") }),
    element("ol", { class: "timeline" }, ...order.map((day) => timelineDay(app, day, days.get(day))))];
}

function timelineDay(app, day, ids) {
  return element("li", {}, element("h3", {}, day || app.text("noDate"), element("span", { class: "count", text: ids.length })),
    element("ul", {}, ...makeLong(app, ids, (id) => timelineFact(app, app.facts[id]), 40)));
}

function timelineFact(app, fact) {
  const { modality } = fact.qualifiers;
  const amount = amountOf(app, fact.qualifiers);
  return element("li", { class: modality || "", "data-fact": fact.iri || "" }, makeLine(modality || ""), sentenceOf(app, fact),
    amount && element("span", { class: "chip strong", text: amount }),
    !dateOf(fact.qualifiers).replace(/^ – $/, "") && element("span", { class: "second", text: app.text("reported") }));
}

function sourceList(app) {
  const bySource = new Map(app.sources.map((source) => [source.id, []]));
  for (const id of app.shownFacts) {
    (app.facts[id].quotes || []).forEach((quote) => bySource.get(quote.article).push({ fact: id, span: quote.span }));
  }
  const shown = app.sources.filter((source) => bySource.get(source.id).length || !isFiltered());
  return [element("h2", { text: app.text("sources") }), element("p", { class: "hint", text: app.text("sourcesRead") }),
    ...makeLong(app, shown, (source) => sourceText(app, source, bySource.get(source.id), shown.length <= 5))];
}

// The text is written when it is opened.
function sourceText(app, source, quotes, open) {
  const body = element("div", { class: "text", lang: "zh" });
  const write = () => { if (!body.childNodes.length) body.append(...paragraphsOf(app, source, quotes)); };
  const block = element("details", { class: "source", open, "data-article": source.iri,
    ontoggle: () => { if (block.open) write(); } },
  element("summary", {}, element("cite", { lang: "zh", text: headlineOf(app, source) }), " ",
    element("span", { class: "second", text: bylineOf(source) }),
    element("span", { class: "count", text: app.text("factCount", { count: new Set(quotes.map(({ fact }) => fact)).size }) })), body);
  if (open) write();
  return block;
}

// Cut where a quote begins or ends, so that quotes may overlap. Offsets count code points.
function paragraphsOf(app, source, quotes) {
  source.points ??= Array.from(source.body || "");
  const cuts = new Set([0, source.points.length]);
  quotes.forEach(({ span }) => { cuts.add(span[1]); cuts.add(span[2]); });
  source.points.forEach((point, place) => { if (point === "\n") { cuts.add(place); cuts.add(place + 1); } });
  const places = [...cuts].sort((a, b) => a - b);
  const paragraphs = [element("p")];
  places.slice(1).forEach((end, number) => {
    const start = places[number];
    const words = source.points.slice(start, end).join("");
    if (words === "\n") { paragraphs.push(element("p")); return; }
    const facts = quotes.filter(({ span }) => span[1] <= start && end <= span[2]).map(({ fact }) => fact);
    paragraphs[paragraphs.length - 1].append(facts.length ? markOf(app, words, [...new Set(facts)]) : words);
  });
  return paragraphs;
}

// Words that support facts; choosing them again leads to the next of these facts.
function markOf(app, words, facts) {
  const title = facts.map((id) => `${app.nodes[app.facts[id].s].name} ${app.term(app.facts[id].p)} ${app.nodes[app.facts[id].o].name}`).join("\n");
  const next = () => app.pick("fact", facts[(facts.indexOf(app.picked?.kind === "fact" ? app.picked.id : -1) + 1) % facts.length]);
  return element("mark", { role: "button", tabindex: 0, title, text: words, onclick: next,
    onkeydown: (event) => { if (event.key === "Enter") next(); } });
}
