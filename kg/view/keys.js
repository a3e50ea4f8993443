// What the keys do outside the search field.

function onKey(event) {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing) {
    event.preventDefault();
    find("search").focus();
  } else if (event.key === "Escape") pick(null);
}

function onCanvasKey(event) {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  if (event.key in ways) {
    event.preventDefault();
    step(...ways[event.key]);
  } else if (event.key === "+" || event.key === "=") drawing?.zoom(1.3);
  else if (event.key === "-") drawing?.zoom(1 / 1.3);
  else if (event.key === "0") drawing?.fit();
}

// From the picked node to the one next to it that lies most in that direction; from none, to the one with most links.
function step(dx, dy) {
  const shown = app.nodes.filter((node) => app.shownNodes.has(node.id));
  if (app.picked?.kind !== "node") {
    const first = app.picked?.kind === "fact" ? app.nodes[app.facts[app.picked.id].s] : shown.reduce((a, b) => (b.degree > a.degree ? b : a), shown[0]);
    if (first) pick("node", first.id, { move: true });
    return;
  }
  const here = drawing.position(app.picked.id);
  const near = [...app.focused].filter((id) => id !== app.picked.id).map((id) => {
    const [x, y] = [drawing.position(id).x - here.x, drawing.position(id).y - here.y];
    return { id, along: (x * dx + y * dy) / Math.hypot(x, y) };
  }).filter(({ along }) => along > 0.2).sort((a, b) => b.along - a.along);
  if (near.length) pick("node", near[0].id, { move: true });
}
