// The contents of the page, with what can be looked up in them, and what the reader has chosen.

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
