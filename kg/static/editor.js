// Puts the editor in the place of the plain form, with the query that stands in it.
"use strict";

// Classes, relations and qualifiers of the ontology, by name or by label; asked for once.
let words;
const readWords = () => (words ??= fetch("/words.json").then((answer) => answer.json()));

const findTyped = (editor) => {
  const cursor = editor.getDoc().getCursor();
  const found = editor.getDoc().getLine(cursor.line).slice(0, cursor.ch).match(/[^?$"'<>{}().;,\s]+$/);
  if (!found || /[?$]/.test(editor.getDoc().getLine(cursor.line)[found.index - 1] ?? "")) return undefined;
  return { string: found[0], start: found.index, from: { ch: found.index }, to: { ch: cursor.ch } };
};

Yasgui.Yasqe.registerAutocompleter({
  name: "words",
  bulk: false,
  isValidCompletionPosition: (editor) => findTyped(editor) !== undefined,
  // The editor takes every Chinese character for a token of its own.
  preProcessToken: (editor, token) => ({ ...token, ...findTyped(editor) }),
  get: async (_, token) => {
    const typed = token.string.toLowerCase();
    const fits = (one) => one.name.toLowerCase().startsWith(typed) || one.label.toLowerCase().includes(typed);
    return (await readWords()).filter(fits).map((one) => one.name);
  },
}, false);

addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form");
  const place = document.createElement("div");
  // Only what needs no other server: the editor would fetch prefixes and names from elsewhere.
  Yasgui.Yasqe.defaults.autocompleters = ["variables", "words"];
  Yasgui.Yasqe.defaults.persistenceId = null;
  Yasgui.defaults.persistenceId = null;
  form.before(place);
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: new URL("/sparql", location.href).href },
    persistenceId: null,
  });
  yasgui.getTab().setQuery(form.querySelector("textarea").value);
  form.hidden = true;
  document.documentElement.dataset.ready = "true";
});
