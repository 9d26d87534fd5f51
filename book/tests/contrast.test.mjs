// What is not text stands out from its ground, by 3:1 at the least (WCAG 1.4.11), light and dark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chapters, open, origin, pages } from "./reading.mjs";

// What the page is asked: how far a colour is from another, and what lies behind an element.
const measuring = () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const colour = (text) => {  // whatever way it is written
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = text;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => a * part + (1 - a) * below[i]);
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = colour(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(element.parentElement));
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // Of a colour, seen through so much of it, against what is behind an element.
  globalThis.contrast = (text, element, opacity = 1) => {
    const behind = ground(element), [r, g, b, a] = colour(text);
    const [x, y] = [light(over([r, g, b, a * opacity], behind)), light(behind)].sort((a, b) => b - a);
    return (x + 0.05) / (y + 0.05);
  };
  globalThis.called = (element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} ${(element.textContent ?? "").trim().slice(0, 20)}`;
};

// Asks each of some pages in both schemes; returns what it finds, without doubles.
async function found_in(names, ask, prepare = async () => {}) {
  const found = new Set();
  const { page, close } = await open();
  await page.addInitScript(measuring);
  for (const name of names) {
    await page.goto(origin + name, { waitUntil: "load" });
    await prepare(page);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const { what, ratio } of await page.evaluate(ask)) if (!(ratio >= 3)) found.add(`${colorScheme}: ${what}: ${ratio?.toFixed(2)} (${name})`);
    }
  }
  await close();
  return [...found];
}

const some = ["index.html", "search.html", "glossary.html", "api/chapter-04.html", ...chapters.slice(0, 4), chapters.at(-1)];
const all_open = async (page) => {
  for (const opener of await page.locator(".live-open").all()) await opener.click();
};

test("the borders of what one can press, type into and choose", async () => {
  const found = await found_in(some, () =>
    [...document.querySelectorAll("button, input, textarea, select")].filter((control) => control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      getComputedStyle(control).clipPath === "none" && !control.disabled && !/^(range|radio|checkbox|file)$/.test(control.type)).map((control) => {
      const style = getComputedStyle(control), around = control.parentElement;
      const drawn = control.querySelector("svg");  // a button that is nothing but its drawing
      const edges = [[style.borderTopColor, style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0],
        [style.borderBottomColor, style.borderBottomStyle !== "none" && parseFloat(style.borderBottomWidth) > 0],
        [style.backgroundColor, true], [drawn && getComputedStyle(drawn).color, !!drawn]];
      const ratios = edges.filter(([, there]) => there).map(([colour]) => globalThis.contrast(colour, around));
      return { what: globalThis.called(control), ratio: Math.max(...ratios) };
    }), all_open);
  assert.deepEqual(found, []);
});

test("the ring around what has the focus", async () => {
  const found = await found_in(some, () => {
    const seen = new Map();
    for (const element of document.querySelectorAll("a[href], button, input, textarea, summary, [tabindex='0']")) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) continue;
      const kind = `${element.tagName} ${element.closest("article, aside, header, nav, footer")?.className} ${element.className}`;
      if (seen.has(kind)) continue;
      element.focus({ preventScroll: true, focusVisible: true });
      const style = getComputedStyle(element);
      const ratio = style.outlineStyle === "auto" ? 21  // the browser's own, which it draws to be seen
        : style.outlineStyle !== "none" ? globalThis.contrast(style.outlineColor, element.parentElement)
        : style.boxShadow !== "none" ? globalThis.contrast(style.boxShadow.match(/^rgba?\([^)]*\)|^color\([^)]*\)/)?.[0], element.parentElement) : 0;
      seen.set(kind, { what: globalThis.called(element), ratio });
    }
    return [...seen.values()];
  }, all_open);
  assert.deepEqual(found, []);
});

// Not asked of what is faint on purpose: a grid, each step's loss behind the mean that is drawn over it, the cells of a
// table whose strength is their number, a tint with an outline of its own.
test("the lines and dots of every picture", async () => {
  const drawn = pages.filter((name) => /^(index|introduction|chapters|appendices)/.test(name));
  const found = await found_in(drawn, () => [...document.querySelectorAll("svg.microgpt-figure, svg.live-curve")].flatMap((svg) =>
    [...svg.querySelectorAll("line, path, polyline, polygon, circle, ellipse, rect")].filter((mark) => !mark.closest("defs, marker, .rule, .faint, .shade, .live-grid, .live-cell, .live-thin")).flatMap((mark) => {
      const style = getComputedStyle(mark), opacity = Number(style.opacity);
      const title = svg.querySelector("title")?.textContent ?? svg.getAttribute("aria-label");
      const parts = [];
      if (style.stroke !== "none") parts.push([style.stroke, opacity * style.strokeOpacity]);
      if (style.fill !== "none" && opacity * style.fillOpacity === 1) parts.push([style.fill, opacity * style.fillOpacity]);
      const ratios = parts.map(([colour, seen]) => globalThis.contrast(colour, svg.parentElement, seen));
      return ratios.length ? [{ what: `${title}: ${mark.tagName}.${mark.getAttribute("class")}`, ratio: Math.max(...ratios) }] : [];
    })), all_open);
  assert.deepEqual(found, []);
});
