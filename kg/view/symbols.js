// The looks of entities: shapes, and the colours of the page.

const HUES = 10;

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
  if (!points) {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  } else points.forEach(([dx, dy], number) => ctx[number ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
  ctx.closePath();
}

// Symbols as pictures, made once for each look and half pixel of size.
function makeSymbols() {
  const kept = new Map();
  return {
    pictureOf(symbol, colour, ground, radius) {
      const size = Math.max(Math.round(radius * 2) / 2, 1);
      const key = `${symbol} ${colour} ${ground} ${size}`;
      if (!kept.has(key)) kept.set(key, paintSymbol(symbol, colour, ground, size));
      return kept.get(key);
    },
  };
}

function paintSymbol(symbol, colour, ground, radius) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * Math.ceil(radius * 1.45 + 2);
  const ctx = canvas.getContext("2d");
  ctx.beginPath();
  traceSymbol(ctx, symbol, canvas.width / 2, canvas.height / 2, radius);
  Object.assign(ctx, { fillStyle: colour, strokeStyle: ground, lineWidth: radius > 5 ? 3 : 2 });
  ctx.stroke();
  ctx.fill();
  return canvas;
}

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    ground: read("--ground"), ink: read("--ink"), muted: read("--muted"), line: read("--edge"),
    strong: read("--edge-strong"), denied: read("--denied"), veil: read("--veil"), picked: read("--accent"), fold: read("--fold"),
    hues: Array.from({ length: HUES }, (_, hue) => read(`--hue-${hue}`)),
  };
}
