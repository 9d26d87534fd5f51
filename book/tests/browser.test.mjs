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

// ---- Where a number was written

const note = (page) => page.locator("#num-note");

test("every number leads to a line that the book shows", async () => {
  const lost = [];
  const source = new Map();
  let numbers = 0;
  for (const name of pages) {
    const html = readFileSync(join(book, name), "utf8");
    for (const [, path, line] of html.matchAll(/data-at="([^":]+):(\d+)"/g)) {
      ++numbers;
      const there = `source/${path}.html`;
      if (!source.has(there)) source.set(there, pages.includes(there) ? readFileSync(join(book, there), "utf8") : "");
      if (!source.get(there).includes(`id="L-${line}"`)) lost.push(`${name}: ${path}:${line}`);
    }
  }
  assert.deepEqual(lost, []);
  assert.ok(numbers > 500, `only ${numbers} numbers`);
});

test("pointing at a number shows where it was written, and the note stays while one goes to it", async () => {
  const { page, troubles, close } = await open();
  await page.goto(origin + "chapters/06-adam.html");
  const number = page.locator('td .num[data-key="adam-at-0.01"]');
  assert.equal(await number.evaluate((it) => getComputedStyle(it).textDecorationLine), "none");
  await number.hover();
  await note(page).waitFor();
  assert.match(await note(page).textContent(), /^written by book\/numbers\/adam_runs\.cpp:\d+ make number KEY=adam-at-0\.01$/);
  assert.equal(await number.evaluate((it) => getComputedStyle(it).textDecorationStyle), "dotted");
  await note(page).hover();
  await page.waitForTimeout(500);
  assert.ok(await note(page).isVisible());
  await note(page).locator("a").click();
  await page.waitForURL(/source\/book\/numbers\/adam_runs\.cpp\.html#L-\d+$/);
  assert.match(await page.locator("span:target").textContent(), /"adam-at-"/);
  await page.goBack();
  await number.hover();
  await note(page).waitFor();
  await page.keyboard.press("Escape");
  assert.ok(await note(page).isHidden());
  await number.hover({ position: { x: 1, y: 1 } });
  await page.locator("math .num").first().hover(); // in a formula, too
  await note(page).waitFor();
  await page.locator("h1").hover();
  await note(page).waitFor({ state: "hidden" });
  await close();
  assert.deepEqual(troubles, []);
});

test("the Tab key passes numbers by, until a reader wants to stop at each", async () => {
  const { page, close } = await open();
  await page.addInitScript(axe);
  await page.goto(origin + "chapters/04-attention.html");
  assert.equal(await page.locator(".num[tabindex]").count(), 0);
  const toggle = page.locator(".num-toggle");
  await page.locator(".skip-to-content, body").first().focus();
  await toggle.focus();
  assert.ok((await toggle.boundingBox()).width > 100); // it is seen when it has the focus
  await page.keyboard.press("Enter");
  assert.equal(await toggle.getAttribute("aria-pressed"), "true");
  const number = page.locator(".num[tabindex]").first();
  await number.focus();
  await note(page).waitFor();
  assert.equal(await number.getAttribute("aria-describedby"), "num-note");
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), []);
  await page.keyboard.press("Tab"); // into the note
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^book\/numbers\//);
  await page.keyboard.press("Tab"); // and on to the next number
  assert.ok(await page.evaluate(() => document.activeElement.matches(".num")));
  await page.keyboard.press("Escape");
  assert.ok(await note(page).isHidden());
  await page.reload();
  assert.ok((await page.locator(".num[tabindex]").count()) > 20); // it is remembered
  await toggle.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".num[tabindex]").count(), 0);
  await close();
});

test("a tap on a number shows the note inside a narrow window, and a tap elsewhere takes it away", async () => {
  const { page, close } = await open({ hasTouch: true, viewport: { width: 360, height: 700 } });
  await page.goto(origin + "chapters/02-ops.html");
  for (const number of [page.locator("td .num").first(), page.locator("p .num").last()]) {
    await number.tap();
    await note(page).waitFor();
    const { x, width } = await note(page).boundingBox();
    assert.ok(x >= 0 && x + width <= 360);
  }
  await page.touchscreen.tap(180, 650);
  await note(page).waitFor({ state: "hidden" });
  await close();
});

// ---- Questions

const asking = (page, name) => {
  const box = page.locator(`.question[data-name="${name}"]`);
  return {
    box,
    input: box.locator("input"),
    guess: box.locator("button[type=submit]"),
    again: box.locator("button[type=button]"),
    verdict: box.locator(".question-verdict"),
    answer: box.locator(".question-answer"),
  };
};

test("a question for a number: none is asked for, a wrong one is told how far off and why, and all is kept", async () => {
  const { page, troubles, close } = await open();
  await page.goto(origin + "chapters/03-mlp.html");
  let { input, guess, again, verdict, answer } = asking(page, "rows-of-emma");
  assert.ok(await answer.isHidden());
  await guess.click();
  assert.match(await verdict.textContent(), /^Type a number first/);
  await input.fill("four");
  await guess.click();
  assert.match(await verdict.textContent(), /^That is no number/);
  assert.ok(await answer.isHidden());
  await input.fill("3");
  await page.keyboard.press("Enter");
  assert.match(await verdict.textContent(), /^Not so\. It is 4: you were 1 too low\. Its letters are/);
  assert.ok(await answer.locator("p").isVisible());
  await page.reload();
  assert.match(await verdict.textContent(), /^Not so\. It is 4/);
  assert.equal(await input.inputValue(), "3");
  await again.click();
  assert.ok(await answer.isHidden());
  await input.fill("4");
  await page.keyboard.press("Enter");
  assert.match(await verdict.textContent(), /^Right: 4\./);
  ({ input, verdict } = asking(page, "untrained"));
  await input.fill("27");
  await page.keyboard.press("Enter");
  assert.match(await verdict.textContent(), /^Not so\. It is 3\.3166 nats: you were 8\.1 times too high\. Among so many/);
  await asking(page, "untrained").again.click();
  await input.fill("3.3");
  await page.keyboard.press("Enter");
  assert.match(await verdict.textContent(), /^Near enough\. It is 3\.3166 nats\./);
  await close();
  assert.deepEqual(troubles, []);
});

test("a question with choices: to touch one is no answer, and a wrong one has its own reason", async () => {
  const { page, close } = await open();
  await page.addInitScript(axe);
  await page.goto(origin + "chapters/05-gpt.html");
  const { box, input, guess, verdict, answer } = asking(page, "silent-block");
  await guess.click();
  assert.match(await verdict.textContent(), /^Choose one first/);
  await input.nth(0).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.ok(await answer.isHidden());
  await page.keyboard.press("Enter");
  assert.match(await verdict.textContent(), /^Not so\. Rmsnorm stands before each half/);
  assert.ok(await answer.locator("p").isVisible());
  assert.equal(await box.locator(".question-truth").count(), 1);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), []);
  }
  await close();
});

test("every question can be answered rightly and fits 320 pixels", async () => {
  const { page, troubles, close } = await open({ viewport: { width: 320, height: 700 } });
  let asked = 0;
  for (const name of chapters) {
    await page.goto(origin + name);
    for (const box of await page.locator(".question").all()) {
      ++asked;
      const truth = await box.getAttribute("data-truth");
      if (truth === null) await box.locator("[data-right] input").check();
      else await box.locator("input").fill(truth);
      await box.locator("button[type=submit]").click();
      assert.match(await box.locator(".question-verdict").textContent(), /^Right/);
      const { x, width } = await box.boundingBox();
      assert.ok(x >= 0 && x + width <= 320);
    }
  }
  await close();
  assert.ok(asked >= 24, `only ${asked} questions`);
  assert.deepEqual(troubles, []);
});

test("without scripts a question's answer is folded below it; without a memory it is asked all the same", async () => {
  const plain = await open({ javaScriptEnabled: false });
  await plain.page.goto(origin + "chapters/05-gpt.html");
  const { box, answer } = asking(plain.page, "silent-block");
  assert.ok(await answer.locator("summary").isVisible());
  assert.ok(await answer.locator("p").isHidden());
  assert.equal(await box.locator(".question-choice:visible").count(), 3);
  assert.ok(await box.locator(".question-why").first().isHidden());
  await answer.locator("summary").click();
  assert.ok(await answer.locator("p").isVisible());
  await plain.close();

  const { page, troubles, close } = await open();
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("no"); } }));
  await page.goto(origin + "chapters/05-gpt.html");
  troubles.length = 0; // the theme's own memory
  const { input, guess, verdict } = asking(page, "second-block");
  await input.fill("3072");
  await guess.click();
  assert.match(await verdict.textContent(), /^Right/);
  await page.locator("p .num").first().hover();
  await note(page).waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

test("a chapter weighs at most 400 KiB, with all it fetches but what lets it answer", async () => {
  const heavy = [];
  for (const name of chapters) {
    const { page, close } = await open();
    const sizes = [];
    page.on("response", (response) => {
      if (!response.url().includes("/live/")) sizes.push(response.body().then((body) => body.length, () => 0));
    });
    await page.goto(origin + name, { waitUntil: "load" });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    if (total > 400 * 1024) heavy.push(`${name}: ${Math.round(total / 1024)} KiB`);
    await close();
  }
  assert.deepEqual(heavy, []);
});
