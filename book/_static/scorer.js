// What is looked for is explained in a chapter; the glossary and the reference come after it.
var Scorer = {
  score: ([docname, , , , score]) =>
    score + (docname.startsWith("chapters/") ? 20 : docname.startsWith("api/") ? -200 : docname === "glossary" ? -100 : 0),
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
