// Amounts, dates and other figures as a reader expects them.

const PRECISIONS = ["exact", "over", "under", "about"];
const UNITS = { zh: [[1e8, "亿"], [1e4, "万"]], en: [[1e9, " billion"], [1e6, " million"]] };

function formatNumber(text, language) {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const [size, unit] = UNITS[language].find(([least]) => Math.abs(value) >= least) || [1, ""];
  return (value / size).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: 4 }) + unit;
}

function formatMoney(text, currency, language) {
  const number = formatNumber(text, language);
  if (language === "en") return currency ? `${currency} ${number}` : number;
  return currency === "CNY" ? `${number}元` : `${number} ${currency || ""}`.trim();
}

// `value` and `valueTo` with what stands before them: 超50亿元, about CNY 5 billion, 30–40 家
function formatRange(app, value, valueTo, unit, qualifier) {
  if (value === undefined) return unit || "";
  const money = /^[A-Z]{3}$/.test(unit || "");
  const show = (text) => money ? formatMoney(text, unit, app.language)
    : `${formatNumber(text, app.language)}${unit && unit !== "%" ? " " : ""}${unit || ""}`;
  const words = PRECISIONS.includes(qualifier) ? app.text(qualifier) : "";
  return words + show(value) + (valueTo ? `–${show(valueTo)}` : "");
}

const DRAWN_TOGETHER = new Set(["amount", "amountTo", "currency", "amountQualifier", "dateFrom", "dateTo", "modality",
  "of", "measure", "value", "valueTo", "unit"]);

function amountOf(app, { amount, amountTo, currency, amountQualifier }) {
  return amount === undefined ? "" : formatRange(app, amount, amountTo, currency || "CNY", amountQualifier);
}

function dateOf({ onDate, dateFrom, dateTo }) {
  if (dateFrom && dateTo && dateFrom !== dateTo && (onDate || "").length === 10) return `${dateFrom} – ${dateTo}`;
  return onDate || (dateFrom === dateTo ? dateFrom : `${dateFrom || ""} – ${dateTo || ""}`) || "";
}

function formatQualifier(app, name, value) {
  if (name === "position") return app.text("rank", { value });
  if (name === "share") return `${value}%`;
  const node = app.nodeOfIri.get(value);
  return node === undefined ? value : app.nodes[node].name;
}

// What a line says when it is looked at
function captionOf(app, fact) {
  const { position, role } = fact.qualifiers;
  const extra = [position && app.text("rank", { value: position }), amountOf(app, fact.qualifiers), role].find(Boolean);
  return [app.term(fact.p), extra].filter(Boolean).join(" · ");
}
