// Puts the editor in the place of the plain form, with the query that stands in it.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form");
  const place = document.createElement("div");
  // Only what needs no other server: the editor would fetch prefixes and names from elsewhere.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
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
