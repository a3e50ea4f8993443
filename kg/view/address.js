// The address: what is after # restores the view.

const SCOPES = ["around", "hidden", "pinned"];

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
