// What scrolls sideways can be reached with the keyboard.
const scrollers = () => {
  for (const box of document.querySelectorAll("pre, .picture, .poster-frame, div.math, .table-wrapper")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};
addEventListener("load", scrollers);
addEventListener("resize", scrollers);
