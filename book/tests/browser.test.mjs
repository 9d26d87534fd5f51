// The book as a reader meets it, in a real browser: every page, light and dark, on a phone and on a desk.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { book, chapters, open, origin, pages } from "./reading.mjs";

const axe = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "node_modules/axe-core/axe.min.js"), "utf8");

test("every page, light and dark: no error, no foreign request, nothing that axe finds", async () => {
  const found = [];
  const visit = async (names) => {
    const { page, troubles, close } = await open({ colorScheme: "light" });
    await page.addInitScript(axe);
    for (const name of names) {
      await page.goto(origin + name, { waitUntil: "load" });
      const look = (options) => page.evaluate((options) => axe.run(document, options), options);
      const light = await look({ resultTypes: ["violations"] });
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await look({ resultTypes: ["violations"], runOnly: ["color-contrast"] });
      await page.emulateMedia({ colorScheme: "light" });
      for (const { id, help, nodes } of [...light.violations, ...dark.violations])
        found.push(`${name}: ${id}: ${help}: ${nodes[0].target} (${nodes.length})`);
    }
    found.push(...troubles);
    await close();
  };
  await Promise.all([0, 1].map((half) => visit(pages.filter((_, i) => i % 2 === half))));
  assert.deepEqual(found, []);
});

test("no page scrolls sideways at 360, 768 and 1440 pixels", async () => {
  const { page, close } = await open();
  const wide = [];
  for (const name of pages) {
    await page.goto(origin + name, { waitUntil: "load" });
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      if (scroll > width) wide.push(`${name} at ${width}: ${scroll}`);
    }
  }
  await close();
  assert.deepEqual(wide, []);
});

test("every formula is set, and no raw TeX is left", async () => {
  const { page, close } = await open();
  const raw = [];
  let formulas = 0;
  for (const name of pages.filter((name) => !name.startsWith("source/"))) {
    await page.goto(origin + name, { waitUntil: "load" });
    const seen = await page.evaluate(() => {
      const sizes = [...document.querySelectorAll("math")].map((math) => math.getBoundingClientRect());
      const article = document.querySelector("article, [role=main]")?.cloneNode(true);
      article?.querySelectorAll("pre, code, script, svg").forEach((code) => code.remove());
      return {
        set: sizes.filter((box) => box.width > 0 && box.height > 0).length,
        all: sizes.length,
        tex: article?.textContent.match(/\\[a-z]{2,}|\$\$|\\\(|\bmath:`/)?.[0],
      };
    });
    formulas += seen.all;
    if (seen.set !== seen.all) raw.push(`${name}: ${seen.all - seen.set} formulas have no size`);
    if (seen.tex) raw.push(`${name}: ${seen.tex}`);
  }
  await close();
  assert.deepEqual(raw, []);
  assert.ok(formulas > 20, `only ${formulas} formulas`);
});

test("every internal link leads to a page and an anchor that are there", async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  const anchors = new Map();
  const links = [];
  for (const name of pages) {
    await page.goto(origin + name, { waitUntil: "domcontentloaded" });
    const { ids, hrefs } = await page.evaluate(() => ({
      ids: [...document.querySelectorAll("[id], a[name]")].map((element) => element.id || element.name),
      hrefs: [...document.querySelectorAll("[href]")].map((a) => new URL(a.getAttribute("href"), location.href).href),
    }));
    anchors.set(name, new Set(ids));
    for (const href of new Set(hrefs)) if (href.startsWith(origin)) links.push([name, href.slice(origin.length)]);
  }
  await close();
  const broken = links.filter(([, link]) => {
    const [path, anchor] = decodeURIComponent(link).split("#");
    const target = path || "index.html";
    if (!target.endsWith(".html")) return !statSync(join(book, target.split("?")[0]), { throwIfNoEntry: false });
    return !anchors.has(target) || (anchor && !anchors.get(target).has(anchor));
  });
  assert.deepEqual(broken.map(([from, to]) => `${from}: ${to}`), []);
});

test("the reader may choose light or dark, and pictures follow", async () => {
  const { page, close } = await open({ colorScheme: "light" });
  await page.goto(origin + chapters[0]);
  const ink = () => page.evaluate(() => getComputedStyle(document.querySelector(".microgpt-figure")).color);
  const seen = new Set([await ink()]);
  const toggle = page.locator(".theme-toggle:visible").first();
  for (let click = 0; click < 3; ++click) {
    await toggle.click();
    seen.add(await ink());
  }
  await close();
  assert.equal(seen.size, 2);
});

const searches = {
  "topological order": "chapters/01-value.html",
  softmax: "chapters/02-ops.html",
  "KV cache": "chapters/04-attention.html",
  "bias correction": "chapters/06-adam.html",
  temperature: "chapters/07-sampling.html",
};
for (const [query, expected] of Object.entries(searches)) {
  test(`a search for "${query}" finds ${expected} first, from a server and from files`, async () => {
    for (const root of [origin, `file://${book}/`]) {
      const { page, troubles, close } = await open();
      await page.goto(`${root}search.html?q=${encodeURIComponent(query)}`);
      const first = page.locator("ul.search li a").first();
      await first.waitFor({ timeout: 20000 });
      await page.waitForTimeout(500);
      const href = new URL(await first.getAttribute("href"), page.url()).href;
      await close();
      assert.equal(href.slice(root.length).split(/[?#]/)[0], expected);
      assert.deepEqual(troubles, []);
    }
  });
}

test("the arrow keys turn pages", async () => {
  const { page, close } = await open();
  await page.goto(origin + chapters[0]);
  const title = await page.title();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL((url) => !url.href.endsWith(chapters[0]));
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL((url) => url.href.endsWith(chapters[0]));
  assert.equal(await page.title(), title);
  await close();
});

test("a recorded run is copied as its command, without the prompt", async () => {
  const { page, close } = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(origin + "chapters/01-value.html");
  const recorded = page.locator(".recorded").first();
  await recorded.hover();
  await recorded.locator("button.copybtn").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await close();
  assert.equal(copied.trim(), "make play NAME=toy");
});

test("a chapter weighs at most 400 KiB, with all it fetches", async () => {
  const heavy = [];
  for (const name of chapters) {
    const { page, close } = await open();
    const sizes = [];
    page.on("response", (response) => sizes.push(response.body().then((body) => body.length, () => 0)));
    await page.goto(origin + name, { waitUntil: "load" });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    if (total > 400 * 1024) heavy.push(`${name}: ${Math.round(total / 1024)} KiB`);
    await close();
  }
  assert.deepEqual(heavy, []);
});
