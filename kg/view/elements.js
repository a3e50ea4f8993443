// Elements of the page. Everything becomes text nodes and attributes: nothing that comes from the graph is ever read
// as HTML.

function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function makeButton(text, onclick, properties = {}) {
  return element("button", { type: "button", text, onclick, ...properties });
}

function makeIcon(symbol, hue) {
  const make = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
  };
  const icon = make("svg", { viewBox: "-1.5 -1.5 3 3", class: `icon hue-${hue}`, "aria-hidden": "true" });
  const points = SYMBOLS[symbol];
  icon.append(points ? make("polygon", { points: points.map((point) => point.join(",")).join(" ") }) : make("circle", { r: 1 }));
  return icon;
}

function makeLine(modality) {
  return element("span", { class: `line ${modality}`, "aria-hidden": "true" });
}

function makeLink(address) {
  if (!/^https?:\/\//i.test(address)) return element("span", { text: address });
  let shown = address;
  try { shown = decodeURI(address); } catch { /* shown as it is */ }
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", text: shown });
}
