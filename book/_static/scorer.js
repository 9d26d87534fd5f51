// What is looked for is explained in a chapter; the glossary and the reference come after it.
var Scorer = {
  score: ([docname, , , , score]) =>
    score + (docname === "introduction" || docname.startsWith("chapters/") ? 20 : docname.startsWith("appendices/") ? 15
      : docname.startsWith("api/") ? -200 : docname === "glossary" ? -100 : 0),
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
// The lines around what is found are fetched, which files forbid.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
document.addEventListener("DOMContentLoaded", () => {
  // An entry of the index leads to an empty place: then the lines are those of its page.
  const summary = Search.makeSearchSummary;
  Search.makeSearchSummary = (html, words, anchor) =>
    summary(html, words, anchor) ?? summary(html, words) ?? document.createElement("p");
  // One result for a page under one title, the best; they come worst first.
  const perform = Search._performSearch;
  Search._performSearch = (...query) => {
    const seen = new Set();
    const first = ([docname, title]) => !seen.has(docname + title) && seen.add(docname + title);
    return perform(...query).reverse().filter(first).reverse();
  };
});
