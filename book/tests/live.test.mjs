// The live pictures as a reader meets them: opened, asked by mouse and by keyboard, from a server and from files.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { book, origin, switch_off, unmade, widgets } from "./serving.mjs";

const axe = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "node_modules/axe-core/axe.min.js"), "utf8");
const browsers = {
  chrome: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] },
  firefox: { executablePath: process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find(existsSync) ?? "firefox", args: [] },
};

for (const [name, launch] of Object.entries(browsers)) {
  const options = { skip: unmade || (!existsSync(launch.executablePath) && `there is no ${launch.executablePath}`) };
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
    await page.goto(`${root}${widgets[widget].page}${hash}`, { waitUntil: "load" });
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

  // ---- Files of the reader's

  const hand = async (page, box, kind, name, bytes) => {
    const folder = mkdtempSync(join(tmpdir(), "microgpt-"));
    writeFileSync(join(folder, name), bytes);
    await page.$eval(`${box} details`, (details) => { details.open = true; });
    await (await page.$(`${box} input[type=file]${kind}`)).uploadFile(join(folder, name));
    return () => rmSync(folder, { recursive: true });
  };

  test(`${name}: a file is trained on or refused in one sentence, whatever is in it, and the page goes on`, options, async () => {
    const { page, box, troubles, said, press, close } = await open("train");
    const letters = Array.from({ length: 20000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("\n");
    await press("as fast as it goes");
    for (const [file, bytes, words] of [
      ["empty.txt", "", "empty.txt holds no document: give a file with one on each line"],
      ["binary.txt", Uint8Array.of(0x61, 0x0a, 0xff, 0x00), "binary.txt:2: byte 1 is not UTF-8"],
      ["picture.png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00), "picture.png"],
      ["letters.txt", letters, "After 10 steps it writes"],
      ["megabyte.txt", "anna\nbob\n".repeat(111112), "1000 steps in"],
    ]) {
      const done = await hand(page, box, ":not([accept*=safe])", file, bytes);
      await said(words);
      if (file === "letters.txt") {
        await press("Stop");
        await said("Stopped after");
      }
      done();
    }
    await press("The book's names again");
    await press("Train");
    assert.match(await said("equal"), /1000 of 1000 losses/);
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: a model that was kept is opened as a file, and what is none is refused`, options, async () => {
    const trained = await open("train");
    await trained.press("as fast as it goes");
    await trained.press("Train");
    await trained.said("equal");
    const kept = await trained.page.waitForFunction(() => JSON.parse(localStorage.getItem("microgpt:model"))?.bytes);
    const bytes = Buffer.from(await kept.jsonValue(), "base64");
    await trained.close();
    const { page, box, troubles, said, close } = await open("train");
    const none = await hand(page, box, "[accept*=safe]", "other.safetensors", "no model");
    assert.equal(await said("not a microgpt"), "not a microgpt checkpoint: it is cut short, or no safetensors file");
    none();  // now that it has been read
    const mine = await hand(page, box, "[accept*=safe]", "mine.safetensors", bytes);
    assert.match(await said("4192 parameters"), /^A model of 4192 parameters after 1000 steps/);
    mine();
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: a link that somebody typed is taken as far as it makes sense`, options, async () => {
    for (const widget of Object.keys(widgets)) {
      const odd = "at=2.7&head=0&likeliest=-3&graph=-1&value=x&on=moon&mistake=none&rate=&came=&guess=<b>";
      const { page, box, troubles, close } = await open(widget, { hash: `#live=${widget}&${odd}` });
      if (widget !== "train")  // which waits to be begun
        await page.waitForFunction((box) => document.querySelector(`${box} .live-said`)?.textContent, {}, box);
      const words = await page.$eval(`${box} .live-panel`, (panel) => panel.textContent);
      assert.doesNotMatch(words, /undefined|NaN|null|propert/, widget);
      assert.deepEqual(troubles, []);
      await close();
    }
  });

  // ---- Where it runs

  test(`${name}: leaving the page ends the worker, and whoever comes again can begin again`, options, async () => {
    const { page, said, press, close } = await open("train");
    await page.evaluate(() => {
      const { terminate } = Worker.prototype;
      Worker.prototype.terminate = function () { localStorage.setItem("ended", "yes"); terminate.call(this); };
    });
    await press("Train");
    await said("After 10 steps");
    await page.goto(`${origin}glossary.html`, { waitUntil: "load" });
    assert.equal(await page.evaluate(() => localStorage.getItem("ended")), "yes");
    await page.goto(`${origin}index.html`, { waitUntil: "load" });
    await page.waitForFunction(() => document.querySelector(".live-main")?.textContent === "Train");
    await page.evaluate(() => {
      document.querySelector("#live-train input[value=fast]").click();
      document.querySelector("#live-train .live-main").click();
    });
    assert.match(await said("equal"), /1000 of 1000/);
    await close();
  });

  test(`${name}: with the network off it goes on, or says what it lacks and tries again`, options, async () => {
    const { page, said, press, close } = await open("walk", { hash: "#" });
    switch_off(true);
    try {
      await page.locator("#live-walk .live-open").click();
      assert.equal(await said("loaded"), "the module could not be loaded: is the network on?");
      switch_off(false);
      await press("One record on ▸");
      await said("Record 1 of 4");
      switch_off(true);
      await press("One record on ▸");
      await said("Record 2 of 4");
    } finally {
      switch_off(false);
    }
    await close();
  });

  test(`${name}: the walk back, by mouse, by keyboard and by a link`, options, async () => {
    const { page, troubles, said, press, close } = await open("walk");
    const gradients = () => page.$$eval("#live-walk tr:last-child td", (cells) => cells.map((cell) => cell.textContent));
    await said("The walk begins");
    await press("b");
    await press("One record on ▸");
    await said("Record 1 of 4, c, has passed its gradient on: a has 1, a·b has 1.");
    await page.focus("#live-walk .live-row button:last-child");
    await page.keyboard.press("Enter");
    await said("a has −2, b has 2. First to hear were a and a·b, of which c is made: you said otherwise.");
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
    await linked.page.reload();
    await linked.said("The walk begins");  // where the reader was, not where the link began
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
    assert.match(await said("you said"), /Step 6 of 6 .* It ends higher than it began: the rate is too large\. 10 is the first that ends higher than it began: you said so/);
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

  test(`${name}: Adam and descent on the names, by keyboard and by mouse`, options, async () => {
    const { page, box, troubles, said, press, close } = await open("optimize");
    await said("After 0 steps");
    await press("on the names, fifty steps");
    await said("plain descent loses");
    await page.focus(`${box} .live-row button:last-child`);
    for (let step = 5; step <= 50; step += 5) {
      await page.keyboard.press("Enter");
      await said(`After ${step} steps`);
    }
    assert.match(await said("Ahead is"), /plain descent loses 2\.60 in the mean of the last ten, Adam 2\.68\. Ahead is plain descent/);
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: chapter 3's table reads names, stops, goes on and outlives a reload`, options, async () => {
    const { page, box, troubles, said, press, close } = await open("bigrams");
    assert.match(await said("nothing"), /every letter is as likely/);
    await press("750");
    await press("Read names");
    assert.match(await said("After 1000 names"), /Below 2\.6 it was first after 750\. You said so\./);
    await page.focus(`${box} .live-main`);
    await page.keyboard.press("Enter");
    const stopped = await page.$eval(`${box} .live-said`, (said) => said.textContent);
    await page.reload({ waitUntil: "load" });
    await said(stopped.match(/After \d+ names its loss is/)[0]);
    assert.equal(await page.$$eval(`${box} .live-cell`, (cells) => cells.length), 27 * 27);
    assert.deepEqual(troubles, []);
    await close();
  });

  test(`${name}: of the two likeliest letters one is drawn, and a surprise goes back through the cache`, options, async () => {
    const heat = await open("heat");
    await heat.said("The likeliest is");
    await arrow(heat.page, "only so many of the likeliest letters (0: all)", "ArrowRight", 2);
    await heat.page.waitForFunction((box) => document.querySelectorAll(`${box} .live-bars tr`).length === 2, {}, heat.box);
    await heat.close();
    const heads = await open("heads");
    await heads.said("Head 1");
    await heads.page.focus(`${heads.box} input[maxlength="1"]`);
    await heads.page.keyboard.type("a");
    await heads.page.waitForFunction((box) => /once a came after the last letter/.test(document.querySelector(box).textContent), {}, heads.box);
    assert.deepEqual([...heat.troubles, ...heads.troubles], []);
    await heads.close();
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

  test(`${name}: the ladder is climbed, by keyboard, with the recorded losses; can be stopped; and outlives a reload`, options, async () => {
    const { page, box, troubles, said, press, close } = await open("ladder");
    await press("Climb");
    await said("On its way");
    await press("Stop");
    await said("Stopped.");
    await press("100 to 300 ms");
    await page.focus(`${box} .live-main`);
    await page.keyboard.press("Enter");
    assert.match(await said("from the lowest rung"), /3100 of 3100 losses equal those that the program prints\. You said/);
    assert.equal(await page.$$eval(`${box} .live-curve circle`, (dots) => dots.length), 4);
    await page.reload({ waitUntil: "load" });
    await said("from the lowest rung");
    assert.deepEqual(troubles, []);
    await close();
  });

  for (const widget of Object.keys(widgets))
    test(`${name}: ${widget}, open: nothing that axe finds, light and dark, no scrolling sideways, nothing too small for a thumb`, options, async () => {
      const { page, box, troubles, press, said, close } = await open(widget);
      await press("Show me");
      await said(widgets[widget].shown);
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
        found.push(...await page.$$eval(`${box} .live-panel :is(button, summary, textarea, input:not([type=radio]), .live-choice label)`,
          (parts) => parts.filter((part) => part.checkVisibility())
            .filter((part) => Math.min(part.getBoundingClientRect().width, part.getBoundingClientRect().height) < 24)
            .map((part) => `too small for a thumb: ${part.getAttribute("aria-label") ?? part.textContent}`)));
      }
      assert.deepEqual([...found, ...troubles], []);
      await close();
    });
}
