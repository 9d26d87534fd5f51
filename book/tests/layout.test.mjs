// What the eye meets: nothing out of reach at any width, and pictures that a phone shows whole.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { book, chapters, open, origin, pages } from "./reading.mjs";

const kinds = ["index.html", ...[0, 3, 7].map((n) => chapters[n]), "chapters/07-workshop.html", "appendices/a-reproducing.html", "glossary.html",
  "api/chapter-02.html", "source/src/microgpt/autograd/value.hpp.html", "genindex.html"];

// What sticks out of the window, or out of a box that does not scroll.
const outOfReach = () => {
  const scrolls = (box) => /auto|scroll/.test(getComputedStyle(box).overflowX);
  const container = document.querySelector(".article-container");
  const edge = Math.min(innerWidth, container.getBoundingClientRect().right + 5);  // a name on a ground has a margin
  const inScroller = (element) => {
    for (let box = element.parentElement; box !== container && box; box = box.parentElement) if (scrolls(box)) return true;
    return false;
  };
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page: ${document.documentElement.scrollWidth}`);
  for (const element of container.querySelectorAll("h1, h2, h3, p, li, dt, pre, figure, svg, math, table, button, a, input")) {
    const box = element.getBoundingClientRect();
    const unseen = box.width === 0 || element.closest(".back-to-top, .headerlink, defs, svg svg, .visually-hidden");
    if (!unseen && (box.right > edge || box.left < -5) && !inScroller(element))
      found.push(`${element.tagName} ${element.textContent.trim().slice(0, 30)}: ${Math.round(box.right)} of ${Math.round(edge)}`);
  }
  const contents = document.querySelector(".toc-drawer").getBoundingClientRect();
  if (contents.width && contents.left < innerWidth && contents.right > innerWidth + 1) found.push(`the contents: ${contents.right}`);
  return found.slice(0, 3);
};

test("at no width from 320 to 2560 pixels is anything out of reach", async () => {
  const { page, close } = await open();
  const found = [];
  for (const name of kinds) {
    await page.goto(origin + name, { waitUntil: "load" });
    await page.addStyleTag({ content: "*, ::before { transition: none !important }" });
    for (let width = 320; width <= 2560; width += 16) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await page.evaluate(outOfReach)).map((what) => `${name} at ${width}: ${what}`));
    }
  }
  await close();
  assert.deepEqual(found, []);
});

test("a line of prose has 75 to 80 characters on a desk, and all begins on one axis", async () => {
  const { page, close } = await open({ viewport: { width: 1440, height: 900 } });
  const wrong = [];
  for (const name of chapters) {
    await page.goto(origin + name, { waitUntil: "load" });
    const { longest, axes } = await page.evaluate(() => {
      const width = document.querySelector("article section > p").clientWidth;
      const pen = document.createElement("canvas").getContext("2d");
      const style = getComputedStyle(document.querySelector("article p"));
      pen.font = `${style.fontSize} ${style.fontFamily}`;
      const paragraphs = [...document.querySelectorAll("article section > p")].map((p) => p.textContent).join(" ");
      const left = (box) => Math.round(box.getBoundingClientRect().left);
      return {
        longest: width / (pen.measureText(paragraphs).width / paragraphs.length),
        axes: [...new Set([...document.querySelectorAll(
          "article section > p, figure svg.microgpt-figure, figcaption, article .table-wrapper > table, .listing, .recorded")].map(left))],
      };
    });
    if (longest < 75 || longest > 80.5) wrong.push(`${name}: ${longest.toFixed(1)} characters`);
    if (Math.max(...axes) - Math.min(...axes) > 1) wrong.push(`${name}: begins at ${axes}`);
  }
  await close();
  assert.deepEqual(wrong, []);
});

test("formulas begin a little in from the text, stand below each other where they must, and are not cut", async () => {
  const { page, close } = await open();
  for (const [width, rows] of [[390, 2], [1440, 1]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(origin + "chapters/06-adam.html", { waitUntil: "load" });
    const { indents, begun, cut } = await page.evaluate(() => {
      const text = document.querySelector("article section > p").getBoundingClientRect().left;
      const rows = [...document.querySelectorAll("div.math")];
      const boxes = [...rows[1].children].map((formula) => formula.getBoundingClientRect());
      return {
        indents: rows.map((row) => Math.round(row.firstElementChild.getBoundingClientRect().left - text)),
        begun: boxes.filter((box) => Math.abs(box.left - boxes[0].left) < 1).length,
        cut: rows.filter((row) => row.scrollWidth > row.clientWidth).length,
      };
    });
    assert.ok(indents.every((indent) => indent > 8 && indent < 48), `${width}: ${indents}`);
    assert.equal(begun, rows, `${width}: rows`);
    if (width > 390) assert.equal(cut, 0);
  }
  await close();
});

test("what is reckoned in a table stays on its line on a phone, and words have room", async () => {
  const { page, close } = await open({ viewport: { width: 390, height: 844 } });
  const wrong = [];
  for (const name of chapters) {
    await page.goto(origin + name, { waitUntil: "load" });
    wrong.push(...await page.evaluate(() => [...document.querySelectorAll("td.whole, td.words")]
      .filter((cell) => cell.matches(".words") ? cell.clientWidth < 119 : getComputedStyle(cell).whiteSpace !== "nowrap")
      .map((cell) => cell.textContent)));
  }
  await close();
  assert.deepEqual(wrong, []);
});

test("a title is larger than what stands under it, at any width", async () => {
  const { page, close } = await open();
  await page.goto(`${origin}${chapters[5]}`);
  for (const width of [320, 390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const sizes = await page.evaluate(() => ["h1", "h2", "h3"].map((name) => {
      const heading = document.querySelector("article").appendChild(document.createElement(name));
      return parseFloat(getComputedStyle(heading).fontSize);
    }));
    assert.ok(sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[2] > 16, `${width}: ${sizes}`);
  }
  await close();
});

test("a listing that goes on to the right shows it, and keeps the arrow keys", async () => {
  const { page, close } = await open({ viewport: { width: 390, height: 844 } });
  await page.goto(origin + "chapters/01-value.html", { waitUntil: "load" });
  const listing = page.locator("pre.more-right").first();
  await listing.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector("pre.more-left"));
  assert.match(page.url(), /01-value/);
  assert.notEqual(await listing.evaluate((box) => getComputedStyle(box).boxShadow), "none");
  await close();
});

test("the font for formulas has every sign of theirs", async () => {
  const { page, close } = await open();
  const signs = new Set();
  for (const name of [...pages].filter((name) => !/^(source|api)/.test(name))) {
    await page.goto(origin + name, { waitUntil: "domcontentloaded" });
    for (const sign of await page.evaluate(() => [...document.querySelectorAll("math :is(mi, mn, mo, mtext)")].flatMap((one) => [...one.textContent]))) signs.add(sign);
  }
  // A sign that it lacks is as wide as the font behind it.
  const missing = await page.evaluate(async ({ origin, signs }) => {
    const font = await new FontFace("tried", `url(${origin}_static/formulas.woff)`).load();
    document.fonts.add(font);
    const paint = document.createElement("canvas").getContext("2d");
    const width = (sign, behind) => { paint.font = `100px tried, ${behind}`; return paint.measureText(sign.repeat(4)).width; };
    return signs.filter((sign) => sign.trim() && width(sign, "serif") !== width(sign, "monospace"));
  }, { origin, signs: [...signs] });
  await close();
  assert.deepEqual(missing, [], "weave the book, then run scripts/formula-font");
  assert.ok(signs.size > 40);
});

test("columns of numbers stand under each other", async () => {
  const { page, close } = await open();
  await page.goto(origin + "chapters/04-attention.html", { waitUntil: "load" });
  const set = await page.evaluate(() => {
    const style = getComputedStyle(document.querySelector("td.numbers"));
    return [style.textAlign, style.fontVariantNumeric];
  });
  await close();
  assert.equal(set[0], "right");
  assert.match(set[1], /tabular-nums/);
});

test("on a phone every picture is whole, and no text in it is under 9 pixels", async () => {
  const { page, close } = await open({ viewport: { width: 390, height: 844 } });
  const found = [];
  let pictures = 0;
  for (const name of [...pages].filter((name) => /^(index|introduction|chapters|appendices)/.test(name))) {
    await page.goto(origin + name, { waitUntil: "load" });
    const seen = await page.evaluate(() => [...document.querySelectorAll("svg.microgpt-figure")].map((svg) => ({
      title: svg.querySelector("title").textContent,
      right: svg.getBoundingClientRect().right,
      small: Math.min(...[...svg.querySelectorAll("text")].map(
        (text) => parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a)),
      cut: [...svg.querySelectorAll("text")].filter((text) => {
        const [box, all] = [text.getBoundingClientRect(), svg.getBoundingClientRect()];
        return box.right > all.right + 2 || box.left < all.left - 2;
      }).map((text) => text.textContent),
    })));
    pictures += seen.length;
    for (const { title, right, small, cut } of seen) {
      if (right > 390) found.push(`${title} ends at ${right}`);
      if (small < 9) found.push(`${title}: ${small.toFixed(1)} pixels`);
      if (cut.length) found.push(`${title}: cut off: ${cut}`);
    }
  }
  await close();
  assert.deepEqual(found, []);
  assert.ok(pictures > 30);
});

test("in the e-book the rows of a table are near each other, and pictures begin where the text does", async () => {
  const { page, close } = await open({ viewport: { width: 600, height: 800 } });
  await page.goto(`file://${join(book, "../epub/chapters/03-mlp.xhtml")}`);
  const { rows, indent } = await page.evaluate(() => {
    const left = (name) => document.querySelector(name).getBoundingClientRect().left;
    return { rows: document.querySelector("td.numbers").parentElement.clientHeight, indent: left("figure") - left("section > p") };
  });
  await close();
  assert.ok(rows < 30, `${rows} pixels`);
  assert.equal(indent, 0);
});

test("the page of the search has a field of its own where the sidebar is folded away", async () => {
  const { page, close } = await open({ viewport: { width: 390, height: 844 } });
  await page.goto(origin + "search.html", { waitUntil: "load" });
  const field = page.locator(".search-here input");
  await field.fill("softmax");
  await field.press("Enter");
  await page.locator("#search-results li").first().waitFor();
  assert.equal(await field.inputValue(), "softmax");
  await page.setViewportSize({ width: 1440, height: 900 });
  assert.ok(await field.isHidden());
  await close();
});

test("a sentence of the reference does not end in its middle", async () => {
  const { page, close } = await open();
  const found = [];
  for (const name of pages.filter((name) => name.startsWith("api/"))) {
    await page.goto(origin + name, { waitUntil: "domcontentloaded" });
    found.push(...await page.evaluate(() => [...document.querySelectorAll("dd p")].map((p) => p.textContent).filter((text) => /et al\.\s*$/.test(text))));
  }
  await close();
  assert.deepEqual(found, []);
});

test("one thing has one colour in every picture", async () => {
  const colours = { wte: "blue", wpe: "blue", lm_head: "purple", attn_wq: "orange", wq: "orange", wk: "orange", wv: "orange",
    wo: "orange", mlp_fc1: "green", fc1: "green", fc2: "green", "f64, 16 names": "blue", "f32, 16 names": "orange" };
  const { page, close } = await open();
  const found = [];
  for (const name of [...pages].filter((name) => /^(chapters|appendices)/.test(name))) {
    await page.goto(origin + name, { waitUntil: "load" });
    const seen = await page.evaluate(() => [...document.querySelectorAll("svg.microgpt-figure text")].map((text) =>
      [text.textContent, text.getAttribute("class") ?? "", text.closest("svg").querySelector("title").textContent]));
    for (const [what, style, title] of seen) {
      const colour = style.match(/blue|orange|green|purple|teal|red|brown/)?.[0];
      if (colours[what] && colour && colour !== colours[what]) found.push(`${title}: ${what} is ${colour}`);
    }
  }
  await close();
  assert.deepEqual(found, []);
});

test("the 200 lines are text: a hundred columns on a desk, links, and what is copied is the program", async () => {
  const { page, close } = await open({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(origin + "index.html", { waitUntil: "load" });
  const rows = page.locator(".program .row");
  assert.equal(await rows.count(), 200);
  const heights = await rows.evaluateAll((all) => [...new Set(all.map((row) => Math.round(row.getBoundingClientRect().height)))]);
  assert.equal(heights.length, 1, `some lines are broken: ${heights}`);
  const font = await rows.first().evaluate((row) => parseFloat(getComputedStyle(row).fontSize));
  assert.ok(font >= 12.4, `${font} pixels`);
  await page.locator(".program").hover();
  await page.locator(".program button.copybtn").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await close();
  assert.equal(copied.trim(), readFileSync(join(book, "../../../chapters/07-sampling/microgpt.cpp"), "utf8").trim());
});

test("the numbers of the 200 lines are not broken on a phone, in light and dark", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const { page, close } = await open({ viewport: { width: 390, height: 844 }, colorScheme });
    await page.goto(origin + "index.html", { waitUntil: "load" });
    const heights = await page.locator(".program .linenos").evaluateAll((all) => [...new Set(all.map((number) => Math.round(number.getBoundingClientRect().height)))]);
    await close();
    assert.ok(Math.max(...heights) < 1.5 * Math.min(...heights), `${colorScheme}: ${heights}`);
  }
});

test("the first page says in one screen what the book is, and where to begin", async () => {
  for (const [width, height] of [[390, 844], [1440, 900]]) {
    const { page, close } = await open({ viewport: { width, height } });
    await page.goto(origin + "index.html", { waitUntil: "load" });
    const bottom = await page.locator(".front").evaluate((front) => front.getBoundingClientRect().bottom);
    const links = await page.locator(".front a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    await close();
    assert.ok(bottom <= height, `ends at ${bottom} of ${height}`);
    for (const chapter of chapters.filter((name) => !/workshop/.test(name))) assert.ok(links.includes(chapter), chapter);
  }
});
