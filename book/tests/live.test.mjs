// The live pictures as a reader meets them: opened, asked by mouse and by keyboard, from a server and from files.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const here = dirname(fileURLToPath(import.meta.url));
const book = resolve(here, "../_build/html");
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const kinds = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const widgets = {
  train: "index.html", walk: "chapters/01-value.html", score: "chapters/02-ops.html", valley: "chapters/03-mlp.html",
  heads: "chapters/04-attention.html", stream: "chapters/05-gpt.html", optimize: "chapters/06-adam.html",
  heat: "chapters/07-sampling.html",
};
const shown = { train: "After 10 steps", walk: "Record 4", score: "surprise of 0.14", valley: "Step 6",
  heads: "Head 4", stream: "At the end", optimize: "After 40 steps", heat: "names are new" };  // what "Show me" says some time
const browsers = {
  chrome: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] },
  firefox: { executablePath: process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync) ?? "firefox", args: [] },
};
const skip = !existsSync(join(book, "_static/live/engine.js")) && "the module has not been made: it needs em++";

let server, origin;
before(async () => {
  server = createServer((request, response) => {
    const file = join(book, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": kinds[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${server.address().port}/`;
});
after(() => server?.close());

for (const [name, launch] of Object.entries(browsers)) {
  const options = { skip: skip || (!existsSync(launch.executablePath) && `there is no ${launch.executablePath}`) };
  let browser;
  const started = async () => (browser ??= await puppeteer.launch({ browser: name, headless: true, ...launch }));
  after(() => browser?.close());

  // A tab in which a live picture is open; it notes whatever goes wrong.
  const open = async (widget, { root = origin, hash = "", width = 1280 } = {}) => {
    const context = await (await started()).createBrowserContext();
    const page = await context.newPage();
    const troubles = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
    page.on("request", (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(origin)) troubles.push(request.url());
    });
    await page.setViewport({ width, height: 900 });
    await page.goto(`${root}${widgets[widget]}${hash}`, { waitUntil: "load" });
    const box = `#live-${widget}`;
    const said = (words) => page.waitForFunction(
      (box, words) => document.querySelector(`${box} .live-said`)?.textContent.includes(words),
      { timeout: 60000 }, box, words).then(() => page.$eval(`${box} .live-said`, (said) => said.textContent));
    const press = (label) => page.locator(`${box} ::-p-aria([name="${label}"])`).click();
    if (!hash) await page.locator(`${box} .live-open`).click();
    return { page, box, troubles, said, press, close: () => context.close() };
  };

  test(`${name}: the page trains, and all losses and names are the recorded ones, from a server and from files`, options, async () => {
    for (const root of [origin, `file://${book}/`]) {
      const { troubles, said, press, close } = await open("train", { root });
      await press("as fast as it goes");
      await press("Train");
      assert.match(await said("equal"), /1000 of 1000 losses and 20 of 20 names equal/);
      assert.deepEqual(troubles, []);
      await close();
    }
  });

  test(`${name}: a run can be stopped, and the model outlives a reload`, options, async () => {
    const { page, box, troubles, said, press, close } = await open("train");
    await press("Train");
    await said("After 10 steps");
    await press("Stop");
    await said("Stopped after");
    await press("as fast as it goes");
    await press("Train");
    await said("equal");
    await page.reload({ waitUntil: "load" });
    assert.match(await said("4192 parameters"), /^A model of 4192 parameters after 1000 steps/);
    assert.equal(await page.$$eval(`${box} .live-names tr`, (rows) => rows.length), 6);
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: a text of the reader's is trained on, or refused in the program's words`, options, async () => {
    const { page, box, troubles, said, press, close } = await open("train");
    await press("A text or a model of your own");
    await press("Train on this text");
    assert.equal(await said("holds no"), "your text holds no document: give a file with one on each line");
    await page.type(`${box} textarea`, "anna\nbob\nanna\n");
    await press("as fast as it goes");
    await press("Train on this text");
    assert.match(await said("1000 steps in"), /mean of 0\.\d\d/);
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: the walk back, by mouse, by keyboard and by a link`, options, async () => {
    const { page, troubles, said, press, close } = await open("walk");
    const gradients = () => page.$$eval("#live-walk tr:last-child td", (cells) => cells.map((cell) => cell.textContent));
    await said("The walk begins");
    await press("One record on ▸");
    await said("Record 1 of 4, c, has passed its gradient on: a has 1, a·b has 1.");
    await page.focus("#live-walk .live-row button:last-child");
    await page.keyboard.press("Enter");
    await said("a has −2, b has 2");
    assert.deepEqual(await gradients(), ["−2", "2", "1", "1"]);
    await press("Link to this");
    await said("link to this state");
    const { hash } = new URL(page.url());
    await close();
    const linked = await open("walk", { hash });
    await linked.said("a has −2, b has 2");
    await linked.press("begins at the wrong end");
    await linked.press("One record on ▸");
    await linked.press("One record on ▸");
    assert.match(await linked.said("In truth"), /In truth a has −2 and b 2/);
    await linked.press("Reset");
    await linked.said("The walk begins");
    assert.deepEqual([...troubles, ...linked.troubles], []);
    await linked.close();
  });

  // Sliders are moved as a reader without a mouse does.
  const arrow = async (page, label, key, times = 1) => {
    await page.focus(`::-p-aria([name="${label}"][role="slider"])`);
    for (let i = 0; i < times; ++i) await page.keyboard.press(key);
  };

  test(`${name}: the scores, pushed by keyboard and by mouse`, options, async () => {
    const { page, troubles, said, press, close } = await open("score");
    assert.match(await said("came"), /^The r came, with a share of 10 %: a surprise of 2\.28\. Pushed hardest is r, up, with a slope of −0\.898\./);
    await arrow(page, "r", "ArrowRight", 8);  // from 1 to 3, where the n is
    await said("The r came, with a share of 46 %");
    await press("Push each against its slope");
    await said("The r came, with a share of 68 %");
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: a rate that is too large, by keyboard and by mouse`, options, async () => {
    const { page, troubles, said, press, close } = await open("valley");
    await press("10");
    await press("One step on ▸");
    await said("Step 1 of 6 at a rate of 1: the loss is 1.010");
    await arrow(page, "rate", "End");
    await said("at a rate of 32");
    await press("Show me");
    assert.match(await said("you said"), /Step 6 of 6 .* It ends higher than it began: the rate is too large\. 10 is the first/);
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: Adam and descent, by mouse and by keyboard`, options, async () => {
    const { page, troubles, said, press, close } = await open("optimize");
    await press("Adam");
    await press("Five steps on ▸");
    await said("After 5 steps");
    await press("Show me");
    await said("Ahead is Adam. You said so.");
    await arrow(page, "descent's rate", "End");
    await said("After 40 steps descent is at a height of");
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: a head listens to a name that is typed, and refuses what the model does not know`, options, async () => {
    const { page, box, troubles, said, close } = await open("heads");
    await said("Head 1, reading m at position 3");
    await page.focus(`${box} input[type=text]`);
    for (let i = 0; i < 4; ++i) await page.keyboard.press("Backspace");
    await page.keyboard.type("anna");
    await said("reading n at position 3");
    await page.keyboard.type("!");
    await said("the character '!' is not in the data: leave it out");
    await page.keyboard.press("Backspace");
    await arrow(page, "head", "ArrowRight");
    await said("Head 2, reading n at position 3, listens most to");
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: the stream and the heat answer for a text that is typed`, options, async () => {
    for (const [widget, words] of [["stream", "At the end it says"], ["heat", "The likeliest is"]]) {
      const { page, box, troubles, said, close } = await open(widget);
      const before = await said(words);
      await page.focus(`${box} input[type=text]`);
      await page.keyboard.press("Backspace");
      await page.keyboard.press("Backspace");
      await page.waitForFunction((box, before) => document.querySelector(`${box} .live-said`).textContent !== before, {}, box, before);
      await said(words);
      assert.deepEqual(troubles, []);
      await close();
    }
  });

  test(`${name}: twenty names at a temperature, the known ones marked`, options, async () => {
    const { page, box, troubles, said, press, close } = await open("heat");
    await said("The likeliest is");
    await press("Invent twenty names");
    const found = await said("names are new");
    const marked = await page.$$eval(`${box} .known`, (names) => names.length);
    assert.equal(+found.match(/(\d+) of 20/)[1], 20 - marked);
    assert.deepEqual(troubles, []);
    await close();
  });

  for (const widget of Object.keys(widgets))
    test(`${name}: ${widget}, open: nothing that axe finds, light and dark, and no scrolling sideways`, options, async () => {
      const { page, box, troubles, press, said, close } = await open(widget);
      await press("Show me");
      await said(shown[widget]);
      await page.evaluate(axe);
      const found = [];
      for (const scheme of ["light", "dark"]) {
        await page.evaluate((scheme) => { document.body.dataset.theme = scheme; }, scheme);
        const { violations } = await page.evaluate((box) => axe.run(box), box);
        found.push(...violations.map(({ id, nodes }) => `${scheme}: ${id}: ${nodes[0].target}`));
      }
      for (const width of [320, 360, 768, 1440]) {
        await page.setViewport({ width, height: 900 });
        const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
        if (scroll > width) found.push(`${width}: ${scroll}`);
      }
      assert.deepEqual([...found, ...troubles], []);
      await close();
    });
}
