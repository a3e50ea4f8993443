// Folding: beyond FOLDS_FROM entities the drawing opens as a summary, a disc for each community with its leading members,
// and the many leaves of a node in a disc of their own. Only the drawing is folded: search, paths, tables and exports
// have everything. What is picked stands out of its disc, with its neighbours.

const FOLDS_FROM = 2000;
const LEADERS = 3;
const LEAST_LEAVES = 6;
const MOST_BUNDLES = 3;
const MOST_LOOSE = 50;
const LEAF_DISC = 26;
const EVERYTHING = "*";

// Gives each node its `fold`, whether it is a `leader`, and the `leafFold` that it may be in; returns the folds by key.
function makeFolds(nodes, communities) {
  const folds = new Map();
  const add = (kind, key, lead, size) => {
    folds.set(key, { kind, key, lead, size, leaders: [], members: [] });
    return folds.get(key);
  };
  const own = communities.map(({ key, lead, size }) => add("community", key, lead, size));
  const rest = add("rest", "rest", null, 0);
  for (const node of byDegree(nodes)) {
    node.fold = own[node.community] || rest;
    node.fold.members.push(node.id);
    node.leader = node.fold.kind === "community" && node.fold.leaders.length < LEADERS;
    if (node.leader) node.fold.leaders.push(node.id);
  }
  rest.size = rest.members.length;
  for (const node of nodes) {
    const leaves = [...(node.linked || [])].filter((id) => nodes[id].degree === 1 && !nodes[id].leader);
    if (leaves.length < LEAST_LEAVES) continue;
    const fold = add("leaves", `leaves:${node.iri}`, node.id, leaves.length);
    fold.members = leaves;
    leaves.forEach((id) => { nodes[id].leafFold = fold; });
  }
  return folds;
}

function byDegree(nodes) {
  return [...nodes].sort((a, b) => b.degree - a.degree || a.id - b.id);
}

function isFolding() {
  return app.shownNodes.size > FOLDS_FROM && !app.surroundings && !app.scope.open.has(EVERYTHING);
}

// The disc that hides an entity, if one does.
function foldOf(node) {
  if (app.loose.has(node.id) || app.scope.pinned.has(node.id)) return null;
  if (!app.scope.open.has(node.fold.key)) return node.leader ? null : node.fold;
  return node.leafFold && !app.scope.open.has(node.leafFold.key) ? node.leafFold : null;
}

// What stands out of its disc because it is picked
function readLoose(picked) {
  if (picked?.kind === "node") return new Set([picked.id, ...neighboursOf(picked.id).slice(0, MOST_LOOSE)]);
  if (picked?.kind === "fact") return new Set(endsOf(app.facts[picked.id]));
  if (picked?.kind === "path") return new Set([picked.id.from, picked.id.to, ...findPaths(picked.id.from, picked.id.to).flat()]);
  return new Set();
}

// What is drawn: nodes, edges, folds with how many they hide, bundles between them.
function readVisible() {
  if (!isFolding()) return { nodes: app.shownNodes, edges: app.shownFacts, folds: [], bundles: [] };
  const nodes = new Set();
  const hidden = new Map();
  for (const id of app.shownNodes) {
    const fold = foldOf(app.nodes[id]);
    if (fold) hidden.set(fold, (hidden.get(fold) || 0) + 1);
    else nodes.add(id);
  }
  const edges = new Set([...app.shownFacts].filter((id) => endsOf(app.facts[id]).every((end) => nodes.has(end))));
  const folds = [...hidden].sort(([a], [b]) => a.members.length < b.members.length ? 1 : -1)
    .map(([fold, count]) => ({ ...placeOf(fold), key: fold.key, label: labelOf(fold, count), count }));
  return { nodes, edges, folds, bundles: readBundles(nodes, edges, hidden) };
}

// A cut file holds a part of its communities; their discs say how large they are.
function labelOf(fold, count) {
  const more = fold.size - fold.members.length;
  return `+${(count + more).toLocaleString("en-GB")}`;
}

// Between discs, as many facts as link what they hold and the leading members that stand in them; and from leaves to
// their node.
function readBundles(nodes, edges, hidden) {
  const discOf = (id) => {
    const node = app.nodes[id];
    const fold = nodes.has(id) ? node.fold : foldOf(node);
    return hidden.has(fold) ? fold : null;
  };
  const bundles = new Map();
  for (const id of app.shownFacts) {
    if (edges.has(id)) continue;
    const [one, other] = endsOf(app.facts[id]);
    const [a, b] = [discOf(one), discOf(other)];
    const leaves = [a, b].find((fold) => fold?.kind === "leaves");
    if (!leaves && (!a || !b || a === b)) continue;
    const [from, to] = leaves ? [leaves, { ...drawing.position(leaves.lead), key: String(leaves.lead) }] : [a, b];
    const key = leaves ? leaves.key : [a.key, b.key].sort().join("\n");
    if (!bundles.has(key)) bundles.set(key, { from: endOf(from), to: endOf(to), count: 0 });
    bundles.get(key).count += 1;
  }
  return strongest([...bundles.values()].sort((a, b) => b.count - a.count));
}

function endOf(end) {
  return end.kind ? { key: end.key, ...placeOf(end) } : end;
}

// Of the bundles, in the order of their strength, those that are among the first of one of their ends.
function strongest(bundles) {
  const seen = new Map();
  return bundles.filter(({ from, to }) => [from, to].map(({ key }) => {
    seen.set(key, (seen.get(key) || 0) + 1);
    return seen.get(key) <= MOST_BUNDLES;
  }).some(Boolean));
}

// The disc around all members of a community; leaves have a small one where the first of them stands.
function placeOf(fold) {
  fold.place ??= fold.kind === "leaves" ? { ...spotOf(fold.members[0]), radius: LEAF_DISC } : discAround(fold.members);
  return fold.place;
}

function discAround(ids) {
  const spots = ids.map(spotOf);
  const x = spots.reduce((sum, spot) => sum + spot.x, 0) / spots.length;
  const y = spots.reduce((sum, spot) => sum + spot.y, 0) / spots.length;
  return { x, y, radius: Math.max(...spots.map((spot) => Math.hypot(spot.x - x, spot.y - y))) + 20 };
}

function openFold(key) {
  if (!app.folds.has(key)) return;
  app.picked = null;
  changeScope(({ open }) => { if (!open.delete(key)) open.add(key); });
  if (app.scope.open.has(key)) drawing?.moveTo(app.folds.get(key).members);
}

// In words

function foldName(fold) {
  if (fold.kind === "rest") return app.text("elsewhere");
  return app.text(fold.kind === "leaves" ? "leavesOf" : "communityOf", { name: app.nodes[fold.lead].name });
}

function foldDetails(app, key) {
  const fold = app.folds.get(key);
  const inside = new Set(fold.members);
  const facts = [...app.shownFacts].filter((id) => endsOf(app.facts[id]).every((end) => inside.has(end))).length;
  const members = byDegree(fold.members.map((id) => app.nodes[id])).slice(0, 20);
  return [
    element("div", { class: "head" }, element("h2", { text: foldName(fold) }), closeButton(app)),
    element("p", { class: "second", text: app.text("foldCounts", { count: fold.size, facts }) }),
    element("div", { class: "actions" }, foldButton(fold)),
    element("h3", { text: app.text("mainEntities") }),
    element("ol", { class: "list" }, ...members.map((node) => element("li", {}, nodeButton(app, node),
      element("span", { class: "count", text: node.degree })))),
  ];
}

function foldButton(fold) {
  return makeButton(app.text(app.scope.open.has(fold.key) ? "foldUp" : "unfold"), () => openFold(fold.key), { class: "action" });
}

// The communities of a summary, to read and to open
function foldList(app) {
  if (!isFolding()) return [];
  const folds = [...app.folds.values()].filter((fold) => fold.kind !== "leaves" && fold.members.length);
  return [element("h2", { text: app.text("communities") }), element("p", { class: "hint", text: app.text("foldsHint") }),
    element("ol", { class: "list" }, ...folds.map((fold) => element("li", {},
      makeButton(foldName(fold), () => app.pick("fold", fold.key), { class: "plain" }),
      element("span", { class: "count" }, String(fold.size), " ", foldButton(fold)))))];
}
