// Words in the reader's language.

const LANGUAGES = ["zh", "en"];
const MODALITIES = ["actual", "planned", "denied"];

function inLanguage(pair, other = false) {
  const chosen = LANGUAGES.indexOf(app.language);
  return pair[other ? 1 - chosen : chosen];
}

function text(key, values = {}) {
  const words = inLanguage(app.interface[key]).replace(/\{(\w+)\}/g, (_, name) => values[name]);
  return app.language === "en" ? words.replace(/(?<![\d.,–-])1( more)? (\w+)\b/g, oneOf) : words;
}

// English: 1 fact, not 1 facts
const ONE = { entities: "entity", communities: "community", facts: "fact", articles: "article", figures: "figure", sources: "source", steps: "step" };

function oneOf(words, more = "", noun) {
  return Object.hasOwn(ONE, noun) ? `1${more} ${ONE[noun]}` : words;
}

function term(name) {
  if (Object.hasOwn(app.terms, name)) return inLanguage(app.terms[name]);
  return name.split(/[/#]/).filter(Boolean).pop() || name;
}

function secondTerm(name) {
  return Object.hasOwn(app.terms, name) ? inLanguage(app.terms[name], true) : "";
}

function className(cls) {
  return cls ? term(cls) : text("other");
}

function modalityName(modality) {
  if (!modality) return text("unstated");
  return MODALITIES.includes(modality) ? text(modality) : modality;
}

function isPicked(kind, id) {
  return app.picked?.kind === kind && app.picked.id === id;
}
