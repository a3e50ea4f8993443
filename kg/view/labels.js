// Labels: which of them find room on the screen, and where. None lies on another; each is drawn once and kept as a
// picture, since text is what takes a canvas longest.

const MOST_CAPTIONS = 30;
const MOST_LABELS = 400;
const MOST_TRIED = 1500;
const MOST_KEPT = 2000;
const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif';
const [LARGE, SMALL] = [14, 12];
const EDGE = 3;

function makeLabels() {
  const kept = new Map();
  const meter = document.createElement("canvas").getContext("2d");

  function fontOf(size) {
    return `${size > SMALL ? 600 : size === SMALL ? 400 : 500} ${size}px ${FONT}`;
  }

  // A text as a picture, with the width and height that it takes on the screen.
  function pictureOf(label, size, colour, ground, ratio) {
    const key = [size, colour, ratio, label].join(" ");
    if (!kept.has(key)) {
      if (kept.size > MOST_KEPT) kept.clear();
      kept.set(key, paint(label.split("\n"), size, colour, ground, ratio));
    }
    return kept.get(key);
  }

  function paint(lines, size, colour, ground, ratio) {
    meter.font = fontOf(size);
    const wide = Math.max(...lines.map((line) => meter.measureText(line).width));
    const [width, height] = [Math.ceil(wide) + 2 * EDGE, lines.length * (size + 3) + 2 * EDGE];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    Object.assign(ctx, { font: fontOf(size), textBaseline: "middle", textAlign: "center", lineJoin: "round",
      strokeStyle: ground, lineWidth: 3.5, fillStyle: colour });
    lines.forEach((line, number) => {
      const y = EDGE + (number + 0.5) * (size + 3);
      ctx.strokeText(line, width / 2, y);
      ctx.fillText(line, width / 2, y);
    });
    return { canvas, width, height };
  }

  function draw(ctx, { canvas, width, height }, x, y, ratio) {
    const snap = (value) => Math.round(value * ratio) / ratio;
    ctx.drawImage(canvas, snap(x - width / 2), snap(y - height / 2), width, height);
  }

  return { pictureOf, draw, forget: () => kept.clear() };
}

// Below, right, left, above, the corners; a main label may also stand a little further off.
function spotsAround(x, y, r, half, tall, further) {
  const [right, below] = [r + half, r + tall];
  const near = [[x, y + below], [x + right, y], [x - right, y], [x, y - below],
    ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([dx, dy]) => [x + dx * (half + r * 0.6), y + dy * (tall + r * 0.6)])];
  if (!further) return near;
  return [...near, ...[10, 20].flatMap((off) => [[x, y + below + off], [x + right + off, y], [x - right - off, y], [x, y - below - off],
    ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([dx, dy]) => [x + dx * (half + r * 0.6), y + dy * (tall + r * 0.6 + off)])])];
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

function leastOf(items, measure) {
  return items.reduce((best, item) => (best === null || measure(item) < measure(best) ? item : best), null);
}
