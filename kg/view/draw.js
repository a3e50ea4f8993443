// The drawing: symbols, lines, labels and folds on vis-network's canvas. vis-network moves the picture and its nodes; what
// is on it is drawn here, from pictures made once, so that five thousand symbols can be moved. Knows nothing of panels or
// filters; view.js tells it what is visible and what is picked.

const MAIN_LABELS = 8;
const [MARGIN_X, MARGIN_Y] = [64, 40];
const ARROWS_FROM = 0.16;
const MANY_LINES = 3000;

// `nodes`: id, x, y, size, label, symbol, hue; `edges`: id, from, to, arrows, smooth, modality; ids are places in them.
// `on.pick(kind, id)`, `on.open(fold)`, `on.ready()`, `on.covered()`: pixels at the top that something lies on.
// `captionOf(edgeId)` is what a line says when it is looked at. Folds are discs for what is not drawn singly: key, x, y,
// radius, label; bundles are lines between them: from, to, count.
function makeDrawing(container, { nodes, edges, options, captionOf, on }) {
  const order = [...nodes].sort((a, b) => b.size - a.size || a.id - b.id);
  const shown = { nodes: new Set(), edges: new Set(), folds: [], bundles: [] };
  const focus = { nodes: new Set(), edges: new Set(), picked: null, hovered: null, hoveredEdge: undefined, pinned: new Set() };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const lines = makeLines(edges, (id) => nodes[id], (id) => radiusOf(nodes[id]));
  const labels = makeLabels();
  const symbols = makeSymbols();
  const nodeData = new vis.DataSet();
  const network = new vis.Network(container, { nodes: nodeData, edges: new vis.DataSet() }, options);
  let main = new Set();
  let palette = readPalette();
  let drawnLabels = [];

  // In the drawing's units: symbols grow and shrink less than the distances between them.
  function radiusOf(node) {
    const scale = network.getScale();
    return Math.max(node.size * scale ** -0.35, 3.4 / scale);
  }

  function readView() {
    const scale = network.getScale();
    const zero = network.canvasToDOM({ x: 0, y: 0 });
    const { clientWidth: width, clientHeight: height } = container;
    const spot = (x, y) => [x * scale + zero.x, y * scale + zero.y];
    const margin = 40 / scale;
    return {
      scale, width, height, spot,
      ratio: container.querySelector("canvas").width / width,
      left: -zero.x / scale - margin, top: -zero.y / scale - margin,
      right: (width - zero.x) / scale + margin, bottom: (height - zero.y) / scale + margin,
    };
  }

  function isIn({ left, right, top, bottom }, { x, y }) {
    return x > left && x < right && y > top && y < bottom;
  }

  // Lines, below the symbols

  function drawLines(ctx) {
    const view = readView();
    drawFolds(ctx, view);
    ctx.globalAlpha = shown.edges.size > MANY_LINES ? 0.35 : 1;
    drawSomeLines(ctx, shown.edges, view, 1, (modality) => (modality === "denied" ? palette.denied : palette.line));
    ctx.globalAlpha = 1;
  }

  function drawSomeLines(ctx, ids, view, weight, colourOf) {
    const { scale } = view;
    const arrow = scale > ARROWS_FROM && Math.max(9 * scale ** -0.35, 4.5 / scale);
    lines.draw(ctx, ids, { view, scale, arrow, colourOf, width: weight * Math.max(1.1, 0.85 / scale) });
  }

  function drawFolds(ctx, { scale }) {
    ctx.strokeStyle = palette.line;
    ctx.globalAlpha = 0.5;
    for (const { from, to, count } of shown.bundles) {
      ctx.beginPath();
      ctx.moveTo(from.x, from.y);
      ctx.lineTo(to.x, to.y);
      ctx.lineWidth = Math.min(0.8 + Math.sqrt(count) * 0.25, 5) / scale;
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    for (const fold of shown.folds) {
      ctx.beginPath();
      ctx.arc(fold.x, fold.y, Math.max(fold.radius, 9 / scale), 0, 2 * Math.PI);
      ctx.fillStyle = palette.fold;
      ctx.fill();
      const picked = focus.picked?.kind === "fold" && focus.picked.id === fold.key;
      ctx.lineWidth = (picked ? 2.5 : 1) / scale;
      ctx.strokeStyle = picked ? palette.picked : palette.line;
      ctx.stroke();
    }
  }

  // Symbols

  function drawSymbols(ctx) {
    drawSome(ctx, shown.nodes, readView());
    return { drawExternalLabels: null };
  }

  function drawSome(ctx, ids, view) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    for (const id of ids) {
      const node = nodes[id];
      if (!isIn(view, node)) continue;
      const picture = symbols.pictureOf(node.symbol, palette.hues[node.hue] || palette.muted, palette.ground, radiusOf(node) * view.scale * view.ratio);
      const [x, y] = view.spot(node.x, node.y);
      ctx.drawImage(picture, Math.round(x * view.ratio - picture.width / 2), Math.round(y * view.ratio - picture.height / 2));
    }
    ctx.restore();
  }

  function drawRing(ctx, id, colour, scale) {
    if (id === null || id === undefined || !shown.nodes.has(id)) return;
    ctx.beginPath();
    ctx.arc(nodes[id].x, nodes[id].y, radiusOf(nodes[id]) * 1.3 + 5 / scale, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5 / scale;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }

  function drawOverlay(ctx) {
    const view = readView();
    if (focus.nodes.size) drawFocus(ctx, view);
    if (focus.hoveredEdge !== undefined) drawStrong(ctx, [focus.hoveredEdge], view);
    drawRing(ctx, focus.hovered, palette.muted, view.scale);
    if (focus.picked?.kind === "node") drawRing(ctx, focus.picked.id, palette.picked, view.scale);
    drawLabels(ctx, view);
  }

  // What is not looked at fades behind a veil; what is, is drawn again above it.
  function drawFocus(ctx, view) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = palette.veil;
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
    drawStrong(ctx, [...focus.edges].filter((id) => shown.edges.has(id)), view);
    drawSome(ctx, [...focus.nodes].filter((id) => shown.nodes.has(id)), view);
  }

  function drawStrong(ctx, ids, view) {
    drawSomeLines(ctx, ids, view, 1.7, (modality) => (modality === "denied" ? palette.denied : palette.strong));
  }

  // Labels

  function drawLabels(ctx, view) {
    drawnLabels = [];
    ctx.save();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    const taken = { labels: makeGrid(), symbols: makeGrid() };
    const visible = order.filter((node) => shown.nodes.has(node.id) && isIn(view, node));
    visible.forEach((node) => {
      const [x, y] = view.spot(node.x, node.y);
      const r = radiusOf(node) * view.scale;
      taken.symbols.add([x - r, y - r, x + r, y + r]);
    });
    if (!focus.nodes.size) shown.folds.forEach((fold) => drawCount(ctx, fold, view, taken));
    for (const node of labelOrder(visible)) {
      if (drawnLabels.length >= MOST_LABELS) break;
      drawLabel(ctx, node, view, taken);
    }
    const looked = focus.edges.size > MOST_CAPTIONS ? [] : [...focus.edges];
    if (focus.hoveredEdge !== undefined) looked.unshift(focus.hoveredEdge);
    for (const id of looked) drawCaption(ctx, id, view, taken);
    ctx.restore();
  }

  function labelOrder(visible) {
    const first = [focus.picked?.kind === "node" ? focus.picked.id : null, focus.hovered, ...focus.pinned]
      .filter((id) => id !== null && shown.nodes.has(id)).map((id) => nodes[id]);
    const rest = focus.nodes.size ? visible.filter((node) => focus.nodes.has(node.id)) : visible;
    return [...new Set([...first, ...rest.slice(0, MOST_TRIED)])];
  }

  function drawLabel(ctx, node, view, taken) {
    const picked = focus.picked?.kind === "node" && focus.picked.id === node.id;
    const forced = picked || focus.pinned.has(node.id) || focus.hovered === node.id;
    const large = forced || main.has(node.id);
    const picture = labels.pictureOf(node.label, large ? LARGE : SMALL, palette.ink, palette.ground, view.ratio);
    const [half, tall] = [picture.width / 2, picture.height / 2 - EDGE];
    const [x, y] = view.spot(node.x, node.y);
    const spots = spotsAround(x, y, radiusOf(node) * view.scale + 3, half - 1, tall, large);
    const box = ([cx, cy]) => [cx - half, cy - tall, cx + half, cy + tall];
    const clear = spots.filter((one) => isOnScreen(one, half, view) && taken.labels.free(box(one)));
    const spot = clear.find((one) => taken.symbols.free(box(one)))
      || (large ? leastOf(clear, (one) => taken.symbols.count(box(one))) : null) || (forced ? spots[0] : null);
    if (!spot) return;
    taken.labels.add(box(spot));
    drawnLabels.push({ id: node.id, box: box(spot) });
    labels.draw(ctx, picture, ...spot, view.ratio);
  }

  function isOnScreen([x], half, { width }) {
    return x - half > 0 && x + half < width;
  }

  // How many a fold holds, in the middle of its disc where nothing stands there, else at its lower rim.
  function drawCount(ctx, fold, view, taken) {
    const picture = labels.pictureOf(fold.label, SMALL, palette.muted, palette.ground, view.ratio);
    const [x, y] = view.spot(fold.x, fold.y);
    const r = fold.radius * view.scale;
    const [half, tall] = [picture.width / 2, picture.height / 2];
    const spots = [[x, y], [x, y + r - tall], [x, y - r + tall], [x, y + r + tall], [x, y - r - tall], [x + r + half, y], [x - r - half, y]];
    const box = ([cx, cy]) => [cx - half, cy - tall, cx + half, cy + tall];
    const spot = spots.find((one) => taken.labels.free(box(one)) && taken.symbols.free(box(one)));
    if (!spot) return;
    taken.labels.add(box(spot));
    labels.draw(ctx, picture, ...spot, view.ratio);
  }

  // The name of a relation on its line, where there is room.
  function drawCaption(ctx, id, view, taken) {
    if (!shown.edges.has(id)) return;
    const { words, struck } = captionOf(id);
    const picture = labels.pictureOf(words, 11.5, struck ? palette.denied : palette.picked, palette.ground, view.ratio);
    const half = picture.width / 2;
    for (const part of [0.5, 0.62, 0.38, 0.72, 0.28]) {
      const point = lines.pointOn(id, part);
      const [x, y] = view.spot(point.x, point.y);
      const box = [x - half, y - 8, x + half, y + 8];
      if (!taken.labels.free(box) || !taken.symbols.free(box)) continue;
      taken.labels.add(box);
      labels.draw(ctx, picture, x, y, view.ratio);
      ctx.fillStyle = palette.denied;
      if (struck) ctx.fillRect(x - half + EDGE, y - 0.5, picture.width - 2 * EDGE, 1.2);
      return;
    }
  }

  // What is under the pointer

  function nodeAt({ x: left, y: top }) {
    const { x, y } = network.DOMtoCanvas({ x: left, y: top });
    const reach = 3 / network.getScale();
    let [best, least] = [null, Infinity];
    for (const id of shown.nodes) {
      const far = Math.hypot(nodes[id].x - x, nodes[id].y - y) - radiusOf(nodes[id]) - reach;
      if (far < 0 && far < least) [best, least] = [id, far];
    }
    return best;
  }

  function edgeAt({ x: left, y: top }) {
    const { x, y } = network.DOMtoCanvas({ x: left, y: top });
    return lines.at(shown.edges, x, y, 6 / network.getScale());
  }

  function foldAt({ x: left, y: top }) {
    const { x, y } = network.DOMtoCanvas({ x: left, y: top });
    const reach = 9 / network.getScale();
    return [...shown.folds].reverse().find((fold) => Math.hypot(fold.x - x, fold.y - y) < Math.max(fold.radius, reach))?.key;
  }

  function pickAt(pointer) {
    const [node, edge] = [nodeAt(pointer), edgeAt(pointer)];
    if (node !== null) on.pick("node", node);
    else if (edge !== undefined) on.pick("fact", edge);
    else on.pick(foldAt(pointer) === undefined ? null : "fold", foldAt(pointer));
  }

  function hover(pointer) {
    const node = pointer && nodeAt(pointer);
    const edge = pointer && node === null ? edgeAt(pointer) : undefined;
    if (node === focus.hovered && edge === focus.hoveredEdge) return;
    Object.assign(focus, { hovered: node, hoveredEdge: edge });
    container.classList.toggle("pointing", node !== null || edge !== undefined);
    network.redraw();
  }

  Object.assign(network.renderer, { _drawEdges: drawLines, _drawArrows: () => {}, _drawNodes: drawSymbols });
  network.selectionHandler.getNodeAt = (pointer, whole = true) => {
    const id = nodeAt(pointer);
    return id === null ? undefined : whole ? network.body.nodes[id] : id;
  };
  network.on("afterDrawing", drawOverlay);
  network.once("afterDrawing", () => on.ready());
  network.on("click", ({ pointer }) => pickAt(pointer.DOM));
  network.on("doubleClick", ({ pointer }) => { if (nodeAt(pointer.DOM) === null) on.open(foldAt(pointer.DOM)); });
  network.on("dragging", ({ nodes: dragged }) => dragged.forEach((id) => {
    const { x, y } = network.body.nodes[id];
    Object.assign(nodes[id], { x, y });
  }));
  container.addEventListener("mousemove", ({ clientX, clientY, buttons }) => {
    const { left, top } = container.getBoundingClientRect();
    if (!buttons) hover({ x: clientX - left, y: clientY - top });
  });
  container.addEventListener("mouseleave", () => hover(null));

  function moveTo(ids, most = 1.25, folds = []) {
    const spots = [...ids.map((id) => nodes[id]).filter(Boolean).map(({ x, y }) => ({ x, y, radius: 0 })), ...folds];
    if (!spots.length || !container.clientWidth) return;
    const [left, right] = rangeOf(spots.flatMap(({ x, radius }) => [x - radius, x + radius]));
    const [top, bottom] = rangeOf(spots.flatMap(({ y, radius }) => [y - radius, y + radius]));
    const across = Math.max(container.clientWidth - 2 * MARGIN_X, 50) / (right - left || 1);
    const covered = on.covered();
    const down = Math.max(container.clientHeight - 2 * MARGIN_Y - covered, 50) / (bottom - top || 1);
    const scale = Math.min(across, down, most);
    network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 - covered / 2 / scale } });
  }

  return {
    network, moveTo, shown,
    fit: () => moveTo([...shown.nodes], 1.25, shown.folds),
    labels: () => drawnLabels,
    pointOn: lines.pointOn,
    pathOf: lines.pathOf,
    setVisible(visible) {
      Object.assign(shown, visible);
      const missing = [...shown.nodes].filter((id) => !network.body.nodes[id]);
      nodeData.add(missing.map((id) => ({ id, x: nodes[id].x, y: nodes[id].y, size: nodes[id].size, shape: "dot" })));
      main = new Set(order.filter((node) => shown.nodes.has(node.id)).slice(0, MAIN_LABELS)
        .filter((node) => node.size > 12).map((node) => node.id));
      network.redraw();
    },
    setPinned(pinned) {
      focus.pinned = new Set(pinned);
    },
    setFocus(picked, focusNodes, focusEdges) {
      Object.assign(focus, { picked, nodes: focusNodes, edges: focusEdges, hovered: null, hoveredEdge: undefined });
      network.redraw();
    },
    setTheme() {
      palette = readPalette();
      labels.forget();
      network.redraw();
    },
    zoom(factor) {
      const animation = calm ? false : { duration: 150, easingFunction: "easeInOutQuad" };
      network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.03), 6), animation });
    },
    position: (id) => nodes[id],
  };
}

function rangeOf(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
