// Point at a term or at a name of the code, or reach it with the keyboard: a card says what it is.
{
  const root = document.documentElement.dataset.content_root ?? "./";
  const card = Object.assign(document.createElement("div"), { id: "meaning", role: "tooltip", hidden: true });
  let meanings;
  globalThis.book = { ...globalThis.book, meanings: (all) => (meanings = all) };

  // From files, too, where a script may be loaded and nothing else.
  const fetched = () => new Promise((ready) => {
    if (meanings) return ready();
    const script = Object.assign(document.createElement("script"), { src: `${root}_static/meanings.js`, onload: ready });
    document.head.append(script);
  });

  const placeOf = (link) => {
    const there = link.href.slice(new URL(root, location.href).href.length);
    return /^(glossary|api\/chapter)/.test(there) && link.closest("article") ? there : undefined;
  };

  const hide = () => {
    card.hidden = true;
    document.querySelector("[aria-describedby=meaning]")?.removeAttribute("aria-describedby");
  };

  const show = async (link) => {
    const place = placeOf(link);
    if (!place) return;
    await fetched();
    const [declaration, words] = meanings[place] ?? meanings[decodeURIComponent(place)] ?? [];
    if (words === undefined || !link.matches(":hover, :focus-visible")) return;
    card.replaceChildren();
    if (declaration) card.append(Object.assign(document.createElement("code"), { textContent: declaration }));
    card.append(words);
    document.body.append(card);
    card.hidden = false;
    link.setAttribute("aria-describedby", "meaning");
    const box = link.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8));
    const above = box.bottom + card.offsetHeight + 8 > innerHeight;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(above ? box.top - card.offsetHeight - 4 : box.bottom + 4) + scrollY}px`;
  };

  let waiting;
  for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    addEventListener(enter, ({ target }) => {
      const link = target.closest?.("article a.reference");
      if (link) waiting = setTimeout(show, 150, link);
    });
    addEventListener(leave, () => (clearTimeout(waiting), hide()));
  }
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}
