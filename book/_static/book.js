// What scrolls sideways shows that it does, can be reached with the keyboard, and keeps the arrow keys.
const boxes = "pre, .picture, div.math, .table-wrapper";
const sides = (box) => {
  const rest = box.scrollWidth - box.clientWidth - box.scrollLeft;
  box.classList.toggle("more-left", box.scrollLeft > 1);
  box.classList.toggle("more-right", rest > 1);
};
const scrollers = () => {
  for (const box of document.querySelectorAll(boxes)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    sides(box);
  }
};
addEventListener("load", scrollers);
addEventListener("resize", scrollers);
document.addEventListener("scroll", ({ target }) => target.matches?.(boxes) && sides(target), { capture: true, passive: true });
// Elsewhere an arrow turns the page.
addEventListener("keydown", (event) => {
  if (/^Arrow(Left|Right)$/.test(event.key) && event.target.matches?.(boxes)) event.stopPropagation();
}, { capture: true });
