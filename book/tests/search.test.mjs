// What one looks for, and where it is explained: that page comes first, or among the first three.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { book, open, origin, pages } from "./reading.mjs";

const explained = {
  introduction: ["make run", "prerequisites"],
  "chapters/01-value": ["topological order", "gradient", "backpropagation", "tape", "chain rule"],
  "chapters/01-workshop": ["thread"],
  "chapters/02-ops": ["softmax", "cross entropy", "rmsnorm", "relu"],
  "chapters/03-mlp": ["embedding", "tokenizer", "cosine similarity", "bigram"],
  "chapters/03-workshop": ["UTF-8", "Mersenne Twister"],
  "chapters/04-attention": ["attention", "KV cache", "causal mask", "multi-head"],
  "chapters/05-gpt": ["residual stream", "transformer"],
  "chapters/06-adam": ["adam", "bias correction", "training loop"],
  "chapters/06-workshop": ["safetensors"],
  "chapters/07-sampling": ["temperature", "sampling"],
  "chapters/07-workshop": ["checkpoint"],
  "chapters/08-efficiency": ["SIMD", "single precision", "roofline"],
  "chapters/08-workshop": ["arithmetic intensity"],
  "chapters/09-machines": ["strong scaling", "all-reduce"],
  "chapters/10-pieces": ["perplexity", "bits per byte"],
  "appendices/a-reproducing": ["elixir"],
  "appendices/b-calculus-and-cpp": ["derivative"],
};

test("thirty queries and more lead to the page that explains them", async () => {
  const { page, close } = await open();
  const [places, asked] = [[], []];
  for (const [wanted, queries] of Object.entries(explained)) for (const query of queries) {
    asked.push(query);
    await page.goto(`${origin}search.html?q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => document.querySelector(".search-summary")?.textContent.match(/found|did not/), null, { timeout: 20000 });
    const found = await page.locator("ul.search > li > a").evaluateAll((all) =>
      all.map((a) => new URL(a.href).pathname.slice(1).replace(/\.html$/, "")));
    const place = [...new Set(found)].indexOf(wanted);
    if (place !== 0) places.push([place, query, [...new Set(found)].slice(0, 3).join(" ")]);
  }
  await close();
  assert.ok(asked.length >= 30);
  assert.deepEqual(places.filter(([place]) => place < 0 || place > 2), []);
  assert.ok(places.length <= asked.length / 10, places.join("\n"));
});

test("a result shows the lines around what is found", async () => {
  const { page, troubles, close } = await open();
  await page.goto(`${origin}search.html?q=softmax`);
  await page.locator("ul.search li .context").first().waitFor({ timeout: 20000 });
  await close();
  assert.deepEqual(troubles, []);
});

test("an aside does not stand between two chapters, and is named beside the next", async () => {
  const { page, close } = await open();
  await page.goto(origin + "chapters/03-mlp.html");
  assert.match(await page.locator(".related-pages .next-page").getAttribute("href"), /04-attention/);
  assert.match(await page.locator(".aside-page a").getAttribute("href"), /03-workshop/);
  await page.goto(origin + "chapters/03-workshop.html");
  assert.match(await page.locator(".related-pages .next-page").getAttribute("href"), /04-attention/);
  assert.match(await page.locator(".related-pages .prev-page").getAttribute("href"), /03-mlp/);
  assert.equal(await page.locator(".sidebar-tree li.behind").count(), 6);
  await close();
});

for (const root of [() => origin, () => `file://${book}/`]) {
  test(`a term and a name of the code say what they are, ${root.toString().includes("file") ? "from files" : "from a server"}`, async () => {
    const { page, troubles, close } = await open();
    await page.goto(root() + "chapters/04-attention.html");
    const card = page.locator("#meaning");
    await page.locator('article a[href*="glossary.html#term-key"]').first().hover();
    await card.waitFor({ state: "visible" });
    assert.match(await card.textContent(), /\w{4}.*\./);
    await page.keyboard.press("Escape");
    assert.ok(await card.isHidden());
    const name = page.locator("article a.name").first();
    await name.hover();
    await card.waitFor({ state: "visible" });
    assert.match(await card.locator("code").textContent(), /microgpt|\(|class|struct/);
    assert.match(await card.textContent(), /Chapter \d/);
    await close();
    assert.deepEqual(troubles, []);
  });
}

test("a source line leads back to the paragraph that shows it", async () => {
  const { page, close } = await open();
  await page.goto(origin + "source/src/microgpt/model/attention.hpp.html");
  await page.locator(".explained").first().click();
  assert.match(page.url(), /chapters\/04-attention\.html#lines-/);
  assert.ok(await page.locator(":target").evaluate((target) => target.matches(".listing")));
  await close();
});

test("a page says what it is about, in its own language, and has icons", async () => {
  const { page, close } = await open();
  for (const name of ["index.html", "chapters/04-attention.html", "appendices/a-reproducing.html"]) {
    await page.goto(origin + name);
    const said = await page.evaluate(() => ({
      language: document.documentElement.lang,
      description: document.querySelector('meta[name="description"]')?.content.length ?? 0,
      title: document.querySelector('meta[property="og:title"]')?.content ?? "",
      icon: document.querySelector('link[rel="apple-touch-icon"]')?.href,
    }));
    assert.equal(said.language, "en-GB");
    assert.ok(said.description > 60 && said.description <= 200 && said.title, `${name}: ${JSON.stringify(said)}`);
    assert.equal((await page.request.get(said.icon)).status(), 200);
  }
  await close();
});

test("a page that is not there says so in the book's dress, from any folder", async () => {
  const { page, close } = await open();
  await page.route(/nowhere/, async (route) => route.fulfill({ response: await page.request.get(origin + "404.html") }));
  for (const lost of ["nowhere.html", "chapters/nowhere.html", "source/src/nowhere.html"]) {
    await page.goto(origin + lost);
    assert.equal(await page.locator("h1").textContent(), "There is no such page");
    assert.ok(await page.evaluate(() => getComputedStyle(document.querySelector(".sidebar-drawer")).display !== "block"));
    assert.match(await page.locator("article a").evaluate((a) => a.href), /\d\/index\.html$/);
  }
  await close();
});

test("no page of the reference has more than 150 kB", () => {
  const sizes = pages.filter((name) => name.startsWith("api/")).map((name) => [name, statSync(join(book, name)).size]);
  assert.deepEqual(sizes.filter(([, size]) => size > 150000), []);
});
