// Lines: where they run, which one lies under the pointer, and all of them drawn in a few strokes.

const BOW = 0.8;
const STROKE_AT_ONCE = 20;
const DASHES = new Map([["planned", [8, 6]], ["denied", [2, 5]]]);

// `spotOf(id)` and `radiusOf(id)` say where a symbol stands and how large it is now.
function makeLines(edges, spotOf, radiusOf) {
  const lines = edges.map(({ id, from, to, arrows, modality, smooth }) => ({
    id, from, to, modality, arrow: Boolean(arrows),
    bow: smooth ? smooth.roundness * BOW * (smooth.type === "curvedCW" ? 1 : -1) : 0,
  }));

  // x and y of the start, the point it bends to, and the end, both ends at the rims; null where the symbols touch.
  function pathOf(line) {
    const [a, b] = [spotOf(line.from), spotOf(line.to)];
    if (line.from === line.to) return loopOf(line, a);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const far = Math.hypot(dx, dy);
    const [near, end] = [radiusOf(line.from), radiusOf(line.to) * 1.12];
    if (far <= near + end) return null;
    const [mx, my] = [(a.x + b.x) / 2 + dy * line.bow, (a.y + b.y) / 2 - dx * line.bow];
    const half = Math.hypot(mx - a.x, my - a.y);
    return [a.x + (mx - a.x) * near / half, a.y + (my - a.y) * near / half, mx, my,
      b.x + (mx - b.x) * end / half, b.y + (my - b.y) * end / half];
  }

  function loopOf(line, { x, y }) {
    const r = radiusOf(line.from);
    const out = r * (3 + 3 * Math.abs(line.bow));
    return [x + r * 0.7, y - r * 0.7, x + out, y - out, x + r, y + r * 0.2];
  }

  function meets(line, view) {
    const [a, b] = [spotOf(line.from), spotOf(line.to)];
    return Math.max(a.x, b.x) >= view.left && Math.min(a.x, b.x) <= view.right
      && Math.max(a.y, b.y) >= view.top && Math.min(a.y, b.y) <= view.bottom;
  }

  function draw(ctx, ids, { view, scale, width, arrow, colourOf }) {
    const groups = new Map();
    for (const id of ids) {
      const line = lines[id];
      if (!meets(line, view)) continue;
      if (!groups.has(line.modality)) groups.set(line.modality, []);
      groups.get(line.modality).push(line);
    }
    groups.forEach((group, modality) => {
      ctx.strokeStyle = ctx.fillStyle = colourOf(modality);
      ctx.lineWidth = width;
      ctx.setLineDash((DASHES.get(modality) || []).map((part) => Math.max(part, part * 0.6 / scale)));
      for (let first = 0; first < group.length; first += STROKE_AT_ONCE) {
        drawGroup(ctx, group.slice(first, first + STROKE_AT_ONCE), arrow);
      }
    });
    ctx.setLineDash([]);
  }

  function drawGroup(ctx, group, arrow) {
    const heads = new Path2D();
    ctx.beginPath();
    for (const line of group) {
      const path = pathOf(line);
      if (!path) continue;
      ctx.moveTo(path[0], path[1]);
      if (line.bow || line.from === line.to) ctx.quadraticCurveTo(path[2], path[3], path[4], path[5]);
      else ctx.lineTo(path[4], path[5]);
      if (line.arrow && arrow) traceHead(heads, path, arrow);
    }
    ctx.stroke();
    if (arrow) ctx.fill(heads);
  }

  function traceHead(heads, [, , mx, my, x, y], size) {
    const far = Math.hypot(x - mx, y - my) || 1;
    const [dx, dy] = [(x - mx) / far * size, (y - my) / far * size];
    heads.moveTo(x, y);
    heads.lineTo(x - dx - dy * 0.4, y - dy + dx * 0.4);
    heads.lineTo(x - dx + dy * 0.4, y - dy - dx * 0.4);
    heads.closePath();
  }

  function pointOn(id, part) {
    const path = pathOf(lines[id]);
    if (!path) return spotOf(lines[id].to);
    const [a, b, c] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2];
    return { x: a * path[0] + b * path[2] + c * path[4], y: a * path[1] + b * path[3] + c * path[5] };
  }

  // The line nearest to a point, if it is nearer than `reach`.
  function at(ids, x, y, reach) {
    let [best, least] = [undefined, reach];
    const view = { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
    for (const id of ids) {
      const bent = lines[id].bow || lines[id].from === lines[id].to;
      if (!bent && !meets(lines[id], view)) continue;
      const far = distanceTo(id, x, y, bent ? 10 : 1);
      if (far < least) [best, least] = [id, far];
    }
    return best;
  }

  function distanceTo(id, x, y, parts) {
    let least = Infinity;
    let from = pointOn(id, 0);
    for (let part = 1; part <= parts; part++) {
      const to = pointOn(id, part / parts);
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const along = Math.min(Math.max(((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
      least = Math.min(least, Math.hypot(from.x + along * dx - x, from.y + along * dy - y));
      from = to;
    }
    return least;
  }

  return { draw, at, pointOn, pathOf: (id) => pathOf(lines[id]) };
}
