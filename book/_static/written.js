// Numbers that say where they come from: point at one, tap it, or walk to it with the keyboard, and a note
// names the line of the program that wrote it and the command that computes it again.
//
// A page has up to two hundred numbers, so the Tab key passes them by, and a screen reader reads them as
// the plain text they are. One button before the text, which shows when it has the focus, puts them in its way.
"use strict";
{
  const numbers = [...document.querySelectorAll(".num[data-at]")];
  const home = document.documentElement.dataset.content_root ?? "./";

  const note = document.createElement("span");
  note.className = "num-note";
  note.id = "num-note";
  note.setAttribute("role", "note");
  note.hidden = true;

  let shown = null; // the number that the note is about
  let waiting = 0; // until the pointer has rested on a number

  function show(number) {
    clearTimeout(waiting);
    if (shown === number) return place();
    hide();
    const { key, at } = number.dataset;
    const [path, line] = at.split(":");
    note.innerHTML = `written by <a>${path}:${line}</a> <code>make number KEY=${key}</code>`;
    note.querySelector("a").href = `${home}source/${path}.html#L-${line}`;
    (number.closest("math") ?? number).after(note);
    number.setAttribute("aria-describedby", note.id);
    number.classList.add("num-shown");
    note.hidden = false;
    shown = number;
    place();
  }

  function hide() {
    clearTimeout(waiting);
    shown?.removeAttribute("aria-describedby");
    shown?.classList.remove("num-shown");
    note.hidden = true;
    shown = null;
  }

  // Below the number, or above it where the window ends; never beyond its sides.
  function place() {
    if (!shown) return;
    const number = shown.getBoundingClientRect();
    const { width, height } = note.getBoundingClientRect();
    const left = Math.max(8, Math.min(number.left, document.documentElement.clientWidth - width - 8));
    const below = number.bottom + height + 4 < innerHeight;
    note.style.left = `${left}px`;
    note.style.top = `${below ? number.bottom + 4 : number.top - height - 4}px`;
  }

  const numberAt = (event) => event.target.closest?.(".num[data-at]");
  const inNote = (node) => note.contains(node);

  addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const number = numberAt(event);
    clearTimeout(waiting);
    if (number) waiting = setTimeout(show, 150, number);
    else if (shown && !inNote(event.target) && document.activeElement !== shown && !inNote(document.activeElement))
      waiting = setTimeout(hide, 300);
  });
  addEventListener("click", (event) => {
    const number = numberAt(event);
    if (number) show(number);
    else if (!inNote(event.target)) hide();
  });
  addEventListener("focusin", (event) => {
    const number = numberAt(event);
    if (number) show(number);
    else if (!inNote(event.target)) hide();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (event.key === "Enter" && numberAt(event)) note.querySelector("a").click();
  });
  addEventListener("scroll", place, { passive: true, capture: true });
  addEventListener("resize", place);

  // ---- In the way of the Tab key, or not

  const kept = "microgpt-numbers";
  const remembered = () => {
    try { return localStorage.getItem(kept) === "on"; } catch { return false; }
  };

  function reachable(on) {
    for (const number of numbers) {
      if (on) {
        number.tabIndex = 0;
        number.setAttribute("role", "button");
      } else {
        number.removeAttribute("tabindex");
        number.removeAttribute("role");
      }
    }
    toggle.setAttribute("aria-pressed", String(on));
    try { localStorage.setItem(kept, on ? "on" : "off"); } catch { /* then this page alone */ }
  }

  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "num-toggle";
  toggle.textContent = "Stop at every number, to see where it was written";
  toggle.addEventListener("click", () => reachable(toggle.getAttribute("aria-pressed") !== "true"));
  if (numbers.length) {
    document.querySelector("article")?.prepend(toggle);
    reachable(remembered());
  }
}
