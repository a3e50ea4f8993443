// The drawing: symbols, lines and labels on vis-network's canvas. Knows nothing of panels or filters; view.js tells it
// what is visible and what is picked. Nodes and lines are styled while they are drawn, so that picking one of five
// thousand changes no data set.

const HUES = 10;
const MAIN_LABELS = 8;
const MOST_CAPTIONS = 30;
const MOST_LABELS = 400;
const DASHES = new Map([["planned", [8, 6]], ["denied", [2, 5]]]);
const [MARGIN_X, MARGIN_Y] = [64, 40];
const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif';

// Corners on the unit circle; null is the circle itself.
const SYMBOLS = {
  circle: null,
  hexagon: corners(6, 0),
  square: corners(4, 0.125, 1.12),
  diamond: corners(4, 0, 1.18),
  triangle: corners(3, -0.25, 1.22),
  wedge: corners(3, 0.25, 1.22),
  pentagon: corners(5, -0.25, 1.08),
  star: corners(5, -0.25, 1.3, 0.55),
  spark: corners(4, 0, 1.4, 0.5),
  cross: [[-0.4, -1.05], [0.4, -1.05], [0.4, -0.4], [1.05, -0.4], [1.05, 0.4], [0.4, 0.4],
    [0.4, 1.05], [-0.4, 1.05], [-0.4, 0.4], [-1.05, 0.4], [-1.05, -0.4], [-0.4, -0.4]],
};

function corners(count, turn, radius = 1, inner = 0) {
  const steps = inner ? count * 2 : count;
  return Array.from({ length: steps }, (_, step) => {
    const angle = (step / steps + turn) * 2 * Math.PI;
    const reach = inner && step % 2 ? radius * inner : radius;
    return [reach * Math.cos(angle), reach * Math.sin(angle)];
  });
}

function traceSymbol(ctx, symbol, x, y, radius) {
  const points = SYMBOLS[symbol];
  ctx.beginPath();
  if (!points) ctx.arc(x, y, radius, 0, 2 * Math.PI);
  else points.forEach(([dx, dy], number) => ctx[number ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
  ctx.closePath();
}

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    ground: read("--ground"), ink: read("--ink"), muted: read("--muted"), line: read("--edge"),
    strong: read("--edge-strong"), denied: read("--denied"), veil: read("--veil"), picked: read("--accent"),
    hues: Array.from({ length: HUES }, (_, hue) => read(`--hue-${hue}`)),
  };
}

// `nodes`: id, x, y, size, label, symbol, hue, name. `edges`: as vis-network has them, with modality.
// `on.pick(kind, id)`, `on.ready()`; `captionOf(edgeId)` is what a line says when it is looked at.
function makeDrawing(container, { nodes, edges, options, captionOf, on }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const order = [...nodes].sort((a, b) => b.size - a.size || a.id - b.id);
  const main = new Set(order.slice(0, MAIN_LABELS).filter((node) => node.size > 12).map((node) => node.id));
  const widths = new Map();
  const focus = { nodes: new Set(), edges: new Set(), picked: null, hovered: null, pinned: new Set() };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let palette = readPalette();
  let drawnLabels = [];

  const nodeData = new vis.DataSet(nodes.map(({ id, x, y, size }) =>
    ({ id, x, y, size, shape: "custom", ctxRenderer: renderNode })));
  const edgeData = new vis.DataSet(edges.map((edge) => ({ ...edge, ...edgeStyle(edge) })));
  const network = new vis.Network(container, { nodes: nodeData, edges: edgeData }, options);
  nodes.forEach((node) => { network.body.nodes[node.id].shape.distanceToBorder = () => radiusOf(node) + 3; });

  function edgeStyle(edge) {
    const colour = edge.modality === "denied" ? palette.denied : palette.line;
    const strong = edge.modality === "denied" ? palette.denied : palette.strong;
    return {
      color: { color: colour, highlight: strong, hover: strong, inherit: false },
      width: 1.3, selectionWidth: 0.9, hoverWidth: 0.7,
      dashes: DASHES.get(edge.modality) || false,
      arrows: edge.arrows ? { to: { enabled: true, scaleFactor: 0.5 } } : undefined,
    };
  }

  function renderNode({ ctx, id, x, y }) {
    const node = byId.get(id);
    const across = 2 * radiusOf(node);
    return { drawNode: () => drawNode(ctx, node, x, y), nodeDimensions: { width: across, height: across } };
  }

  // In the drawing's units: symbols grow and shrink less than the distances between them.
  function radiusOf(node) {
    const scale = network ? network.getScale() : 1;
    return Math.max(node.size * scale ** -0.35, 3.4 / scale);
  }

  function drawNode(ctx, node, x, y) {
    const scale = network ? network.getScale() : 1;
    const radius = radiusOf(node);
    const picked = focus.picked?.kind === "node" && focus.picked.id === node.id;
    if (picked || focus.hovered === node.id) {
      ctx.beginPath();
      ctx.arc(x, y, radius * 1.3 + 5 / scale, 0, 2 * Math.PI);
      ctx.lineWidth = 2.5 / scale;
      ctx.strokeStyle = picked ? palette.picked : palette.muted;
      ctx.stroke();
    }
    traceSymbol(ctx, node.symbol, x, y, radius);
    ctx.fillStyle = palette.hues[node.hue] || palette.muted;
    ctx.fill();
    ctx.lineWidth = Math.max(1.5, 1 / scale);
    ctx.strokeStyle = palette.ground;
    ctx.stroke();
  }

  function drawOverlay(ctx) {
    if (focus.nodes.size) drawFocus(ctx);
    drawLabels(ctx);
  }

  // What is not looked at fades behind a veil; what is, is drawn again above it.
  function drawFocus(ctx) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = palette.veil;
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
    for (const id of focus.edges) {
      const edge = network.body.edges[id];
      if (edge?.connected) {
        edge.draw(ctx);
        edge.drawArrows(ctx);
      }
    }
    for (const id of focus.nodes) {
      const { x, y, options: { hidden } } = network.body.nodes[id];
      if (!hidden) drawNode(ctx, byId.get(id), x, y);
    }
  }

  function drawLabels(ctx) {
    const screen = makeScreen();
    drawnLabels = [];
    ctx.save();
    ctx.setTransform(screen.ratio, 0, 0, screen.ratio, 0, 0);
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    ctx.lineJoin = "round";
    const wanted = labelOrder().filter((node) => screen.shows(node));
    const taken = { labels: makeGrid(), symbols: makeGrid() };
    wanted.forEach((node) => taken.symbols.add(screen.glyph(node)));
    for (const node of wanted) {
      if (drawnLabels.length >= MOST_LABELS) break;
      drawLabel(ctx, node, screen, taken);
    }
    const looked = focus.edges.size > MOST_CAPTIONS ? [] : [...focus.edges];
    if (focus.hoveredEdge !== undefined) looked.unshift(focus.hoveredEdge);
    for (const id of looked) drawCaption(ctx, id, screen, taken);
    ctx.restore();
  }

  function labelOrder() {
    const first = [focus.picked?.kind === "node" ? focus.picked.id : null, focus.hovered, ...focus.pinned]
      .filter((id) => id !== null).map((id) => byId.get(id));
    const rest = focus.nodes.size ? order.filter((node) => focus.nodes.has(node.id)) : order;
    return [...new Set([...first, ...rest])].filter((node) => !network.body.nodes[node.id].options.hidden);
  }

  function makeScreen() {
    const scale = network.getScale();
    const zero = network.canvasToDOM({ x: 0, y: 0 });
    const { clientWidth: width, clientHeight: height } = container;
    const spot = (x, y) => [x * scale + zero.x, y * scale + zero.y];
    const place = (node) => spot(network.body.nodes[node.id].x, network.body.nodes[node.id].y);
    const radius = (node) => radiusOf(node) * scale;
    return {
      spot, place, radius,
      ratio: container.querySelector("canvas").width / width,
      shows: (node) => {
        const [x, y] = place(node);
        return x > -60 && y > -30 && x < width + 60 && y < height + 30;
      },
      holds: ([left, , right]) => left > 0 && right < width,
      glyph: (node) => {
        const [x, y] = place(node);
        const r = radius(node);
        return [x - r, y - r, x + r, y + r];
      },
    };
  }

  function drawLabel(ctx, node, screen, taken) {
    const forced = focus.pinned.has(node.id) || focus.hovered === node.id || focus.picked?.id === node.id && focus.picked.kind === "node";
    const lines = node.label.split("\n");
    const size = main.has(node.id) || forced ? 14 : 12;
    ctx.font = `${size > 12 ? 600 : 400} ${size}px ${FONT}`;
    const [x, y] = screen.place(node);
    const half = widthOf(ctx, node, lines, size) / 2 + 2;
    const tall = lines.length * (size + 3);
    const r = screen.radius(node) + 3;
    const [right, below] = [r + half, r + tall / 2];
    const spots = [[x, y + below], [x + right, y], [x - right, y], [x, y - below],
      ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([dx, dy]) => [x + dx * (half + r * 0.6), y + dy * (tall / 2 + r * 0.6)])];
    const box = ([cx, cy]) => [cx - half, cy - tall / 2, cx + half, cy + tall / 2];
    const clear = spots.filter((one) => screen.holds(box(one)) && taken.labels.free(box(one)));
    const spot = clear.find((one) => taken.symbols.free(box(one)))
      || (size > 12 ? leastOf(clear, (one) => taken.symbols.count(box(one))) : null) || (forced ? spots[0] : null);
    if (!spot) return;
    taken.labels.add(box(spot));
    drawnLabels.push({ id: node.id, box: box(spot) });
    lines.forEach((line, number) =>
      drawText(ctx, line, spot[0], spot[1] + (number - (lines.length - 1) / 2) * (size + 3), palette.ink));
  }

  function widthOf(ctx, node, lines, size) {
    const key = `${node.id} ${size}`;
    if (!widths.has(key)) widths.set(key, Math.max(...lines.map((line) => ctx.measureText(line).width)));
    return widths.get(key);
  }

  function drawText(ctx, line, x, y, colour) {
    ctx.strokeStyle = palette.ground;
    ctx.lineWidth = 3.5;
    ctx.strokeText(line, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(line, x, y);
  }

  // The name of a relation on its line, where there is room.
  function drawCaption(ctx, id, screen, taken) {
    const edge = network.body.edges[id];
    if (!edge?.connected || edge.options.hidden) return;
    const { words, struck } = captionOf(id);
    ctx.font = `500 11.5px ${FONT}`;
    const half = ctx.measureText(words).width / 2 + 3;
    for (const part of [0.5, 0.62, 0.38, 0.72, 0.28]) {
      const point = edge.edgeType.getPoint(part);
      const [x, y] = screen.spot(point.x, point.y);
      const box = [x - half, y - 8, x + half, y + 8];
      if (!taken.labels.free(box) || !taken.symbols.free(box)) continue;
      taken.labels.add(box);
      const colour = struck ? palette.denied : palette.picked;
      drawText(ctx, words, x, y, colour);
      if (struck) ctx.fillRect(x - half + 3, y - 0.5, half * 2 - 6, 1.2);
      return;
    }
  }

  network.on("afterDrawing", drawOverlay);
  network.once("afterDrawing", () => on.ready());
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) on.pick("node", node);
    else if (edge !== undefined) on.pick("fact", edge);
    else on.pick(null);
  });
  network.on("hoverNode", ({ node }) => hover(node, undefined));
  network.on("blurNode", () => hover(null, undefined));
  network.on("hoverEdge", ({ edge }) => hover(focus.hovered, edge));
  network.on("blurEdge", () => hover(focus.hovered, undefined));

  function hover(node, edge) {
    focus.hovered = node;
    focus.hoveredEdge = edge;
    container.classList.toggle("pointing", node !== null || edge !== undefined);
    network.redraw();
  }

  function setHidden(data, visible) {
    const changed = data.get({ filter: (item) => Boolean(item.hidden) === visible.has(item.id) });
    data.update(changed.map(({ id }) => ({ id, hidden: !visible.has(id) })));
  }

  function moveTo(ids, most = 1.25) {
    const spots = ids.map((id) => network.body.nodes[id]).filter(Boolean);
    if (!spots.length || !container.clientWidth) return;
    const [left, right] = rangeOf(spots.map(({ x }) => x));
    const [top, bottom] = rangeOf(spots.map(({ y }) => y));
    const across = Math.max(container.clientWidth - 2 * MARGIN_X, 50) / (right - left || 1);
    const down = Math.max(container.clientHeight - 2 * MARGIN_Y, 50) / (bottom - top || 1);
    network.moveTo({ scale: Math.min(across, down, most), position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
  }

  return {
    network,
    labels: () => drawnLabels,
    setVisible(visibleNodes, visibleEdges) {
      setHidden(nodeData, visibleNodes);
      setHidden(edgeData, visibleEdges);
    },
    setPinned(pinned) {
      focus.pinned = new Set(pinned);
    },
    setFocus(picked, focusNodes, focusEdges) {
      Object.assign(focus, { picked, nodes: focusNodes, edges: focusEdges, hovered: null, hoveredEdge: undefined });
      network.setSelection({ nodes: [], edges: [...focusEdges] }, { unselectAll: true, highlightEdges: false });
      network.redraw();
    },
    setTheme() {
      palette = readPalette();
      edgeData.update(edges.map((edge) => ({ id: edge.id, color: edgeStyle(edge).color })));
      network.redraw();
    },
    zoom(factor) {
      const animation = calm ? false : { duration: 150, easingFunction: "easeInOutQuad" };
      network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.03), 6), animation });
    },
    moveTo,
    position: (id) => network.body.nodes[id],
  };
}

function rangeOf(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

function leastOf(items, measure) {
  return items.reduce((best, item) => (best === null || measure(item) < measure(best) ? item : best), null);
}

// Rectangles on the screen, found again by the cells that they touch.
function makeGrid(cell = 64) {
  const cells = new Map();
  const touched = ([left, top, right, bottom]) => {
    const keys = [];
    for (let row = Math.floor(top / cell); row <= Math.floor(bottom / cell); row++) {
      for (let column = Math.floor(left / cell); column <= Math.floor(right / cell); column++) keys.push(row * 4096 + column);
    }
    return keys;
  };
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    add: (box) => touched(box).forEach((key) => {
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(box);
    }),
    free: (box) => touched(box).every((key) => !(cells.get(key) || []).some((other) => meet(box, other))),
    count: (box) => new Set(touched(box).flatMap((key) => (cells.get(key) || []).filter((other) => meet(box, other)))).size,
  };
}
