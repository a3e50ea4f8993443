// What a reader takes away: citations, lines for a curation file, and what is shown as CSV, GEXF, SVG or PNG.

async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const area = element("textarea", { class: "offscreen" });
    area.value = words;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  find("notice").textContent = text("copied");
  setTimeout(() => { find("notice").textContent = ""; }, 2500);
}

function saveFile(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Citations

function citationOf(app, record) {
  return (record.quotes || []).map((quote) => {
    const source = app.sources[quote.article];
    return `“${quote.text}”——${[`《${headlineOf(app, source)}》`, bylineOf(source), ...pagesOf(app, quote)].filter(Boolean).join("，").replaceAll(" · ", "，")}`;
  }).join("\n");
}

function recordActions(app, record) {
  const cite = record.quotes?.length && makeButton(app.text("cite"), () => copyText(citationOf(app, record)), { class: "small" });
  const wrong = record.id !== undefined && record.p && makeButton(app.text(app.wrong.has(record.id) ? "notWrong" : "wrong"),
    () => toggleWrong(record.id), { class: "small", "aria-pressed": String(app.wrong.has(record.id)) });
  return cite || wrong ? element("div", { class: "record-actions" }, cite || null, wrong || null) : null;
}

// Curation

function toggleWrong(id) {
  if (!app.wrong.delete(id)) app.wrong.add(id);
  renderPicked();
  writeAddress();
}

function markSame(one, other) {
  const pair = [one, other].sort((a, b) => a - b);
  if (!app.same.some(([a, b]) => a === pair[0] && b === pair[1])) app.same.push(pair);
  renderScope(app, find("scope"));
  renderPicked();
  writeAddress();
}

// JSON's strings are YAML's, but for some characters that YAML would take for ends of lines.
function quoted(value) {
  return JSON.stringify(value ?? "").replace(/[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function curationLines(app) {
  const lines = [
    "# Decisions on facts and names. `wrong`: no such fact is to be read from these words of this article.",
    "# `same`: these names of this class stand for one entity; the first one is kept.",
  ];
  if (app.wrong.size) lines.push("wrong:");
  for (const id of [...app.wrong].sort((a, b) => a - b)) lines.push(...wrongLines(app, app.facts[id]));
  if (app.same.length) lines.push("same:");
  for (const [one, other] of app.same) {
    const [first, second] = [app.nodes[one], app.nodes[other]];
    lines.push(`  - class: ${quoted(first.cls)}`, `    names: [${quoted(first.name)}, ${quoted(second.name)}]`);
    if (first.cls !== second.cls) lines.push(`    other_class: ${quoted(second.cls)}`);
  }
  return `${lines.join("\n")}\n`;
}

function wrongLines(app, fact) {
  const quotes = fact.quotes?.length ? fact.quotes : [null];
  return quotes.flatMap((quote) => {
    const source = quote && app.sources[quote.article];
    return [
      ...(source ? [`article: ${quoted(source.headline)}`, `article_id: ${quoted(source.iri)}`] : []),
      `relation: ${quoted(fact.p)}`,
      `subject: ${quoted(app.nodes[fact.s].name)}`,
      `object: ${quoted(app.nodes[fact.o].name)}`,
      ...(quote ? [`quote: ${quoted(quote.text)}`] : []),
    ].map((line, number) => `${number ? "    " : "  - "}${line}`);
  });
}

function curationPanel(app) {
  const count = app.wrong.size + app.same.length;
  if (!count) return null;
  const lines = curationLines(app);
  return element("section", { class: "curation" },
    element("h3", {}, app.text("curation"), element("span", { class: "count", text: count })),
    element("pre", { text: lines, tabindex: 0 }),
    element("div", { class: "record-actions" }, makeButton(app.text("copy"), () => copyText(lines), { class: "small" }),
      makeButton(app.text("save"), () => saveFile("curation.yml", lines, "application/yaml"), { class: "small" }),
      makeButton(app.text("clearMarks"), () => { app.wrong.clear(); app.same = []; renderPicked(); writeAddress(); }, { class: "small" })));
}

// Export of what is shown

const EXPORTS = {
  csv: () => saveFile("facts.csv", `\ufeff${tableCsv(app)}`, "text/csv"),
  gexf: () => saveFile("network.gexf", networkGexf(app), "application/gexf+xml"),
  svg: () => saveFile("network.svg", networkSvg(app), "image/svg+xml"),
  png: () => networkPng((blob) => saveFile("network.png", blob)),
  copyCsv: () => copyText(tableCsv(app)),
  print: () => window.print(),
};

// A spreadsheet would run what begins like a formula.
function csvCell(value) {
  const words = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}

function tableCsv(app) {
  const rows = [COLUMNS.map(([name]) => (name in app.terms ? app.term(name) : app.text(name))),
    ...sortedFacts(app).map((fact) => COLUMNS.map(([, show]) => String(show(app, fact))))];
  return rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

// XML 1.0 has no place for most control characters, not even escaped.
function xmlText(value) {
  return String(value).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

function makeXml(name, attributes = {}, ...children) {
  const node = document.createElementNS(makeXml.space, name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, xmlText(value)));
  node.append(...children);
  return node;
}

function networkGexf(app) {
  makeXml.space = "http://gexf.net/1.3";
  const values = (pairs) => makeXml("attvalues", {}, ...pairs.map(([key, value]) => makeXml("attvalue", { for: key, value: value ?? "" })));
  const declare = (cls, names) => makeXml("attributes", { class: cls }, ...names.map((name) => makeXml("attribute", { id: name, title: name, type: "string" })));
  const nodes = [...app.shownNodes].map((id) => app.nodes[id]).map((node) =>
    makeXml("node", { id: node.id, label: node.name }, values([["iri", node.iri], ["class", node.cls]])));
  const edges = [...app.shownFacts].map((id) => app.facts[id]).map((fact) =>
    makeXml("edge", { id: fact.id, source: fact.s, target: fact.o, label: app.term(fact.p), type: app.symmetric.has(fact.p) ? "undirected" : "directed" },
      values([["iri", fact.iri], ["relation", fact.p], ["modality", fact.qualifiers.modality], ["confidence", fact.confidence],
        ["date", dateOf(fact.qualifiers).replace(/^ – $/, "")], ["amount", fact.qualifiers.amount], ["quote", fact.quotes?.[0]?.text]])));
  const graph = makeXml("graph", { defaultedgetype: "directed" }, declare("node", ["iri", "class"]),
    declare("edge", ["iri", "relation", "modality", "confidence", "date", "amount", "quote"]), makeXml("nodes", {}, ...nodes), makeXml("edges", {}, ...edges));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(makeXml("gexf", { version: "1.3" }, graph))}`;
}

function networkSvg(app) {
  makeXml.space = "http://www.w3.org/2000/svg";
  const palette = readPalette();
  const nodes = drawn.nodes.filter(({ id }) => app.shownNodes.has(id)).map((node) => ({ ...node, ...app.nodes[node.id], ...spotOf(node.id) }));
  const [left, right] = rangeOf(nodes.map(({ x }) => x));
  const [top, bottom] = rangeOf(nodes.map(({ y }) => y));
  const box = nodes.length ? [left - 90, top - 50, right - left + 180, bottom - top + 120] : [0, 0, 100, 100];
  const lines = [...app.shownFacts].map((id) => svgLine(app.facts[id], palette));
  const marks = nodes.flatMap((node) => [svgSymbol(node, palette), ...svgLabel(node, palette)]);
  const root = makeXml("svg", { viewBox: box.map(Math.round).join(" "), width: Math.round(box[2]), height: Math.round(box[3]), "font-family": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif" },
    makeXml("title", {}, xmlText(document.title)),
    makeXml("defs", {}, makeXml("marker", { id: "end", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
      makeXml("path", { d: "M0 0 8 4 0 8z", fill: palette.line }))),
    makeXml("rect", { x: box[0], y: box[1], width: box[2], height: box[3], fill: palette.ground }), ...lines, ...marks);
  return new XMLSerializer().serializeToString(root);
}

function spotOf(id) {
  const { x, y } = drawing.position(id);
  return { x, y };
}

// As in the drawing, at its present size.
function svgLine(fact, palette) {
  const path = drawing.pathOf(fact.id);
  if (!path) return "";
  const [x, y, mx, my, toX, toY] = path.map((value) => value.toFixed(1));
  const { modality } = fact.qualifiers;
  const line = { d: `M${x} ${y}Q${mx} ${my} ${toX} ${toY}`, fill: "none",
    stroke: modality === "denied" ? palette.denied : palette.line, "stroke-width": 1.3 };
  if (DASHES.has(modality)) line["stroke-dasharray"] = DASHES.get(modality).join(" ");
  if (!app.symmetric.has(fact.p)) line["marker-end"] = "url(#end)";
  return makeXml("path", line, makeXml("title", {}, xmlText(`${app.nodes[fact.s].name} ${captionOf(app, fact)} ${app.nodes[fact.o].name}`)));
}

function svgSymbol({ x, y, size, symbol, hue }, palette) {
  const look = { fill: palette.hues[hue] || palette.muted, stroke: palette.ground, "stroke-width": 1.5 };
  const points = SYMBOLS[symbol];
  if (!points) return makeXml("circle", { cx: x, cy: y, r: size, ...look });
  return makeXml("polygon", { points: points.map(([dx, dy]) => `${(x + dx * size).toFixed(1)},${(y + dy * size).toFixed(1)}`).join(" "), ...look });
}

function svgLabel({ x, y, size, label }, palette) {
  return label.split("\n").map((line, number) => makeXml("text", { x, y: y + size + 14 + 15 * number, "font-size": 12, "text-anchor": "middle",
    fill: palette.ink, stroke: palette.ground, "stroke-width": 3, "paint-order": "stroke" }, xmlText(line)));
}

function networkPng(done) {
  const shown = find("canvas").querySelector("canvas");
  const canvas = element("canvas", { width: shown.width, height: shown.height });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = readPalette().ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(shown, 0, 0);
  canvas.toBlob(done, "image/png");
}
