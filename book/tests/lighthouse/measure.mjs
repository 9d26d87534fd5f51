// Four pages as Lighthouse sees them with a phone's screen, network and processor: 95 of 100 in each category.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";
import { origin } from "../serving.mjs";

const pages = ["index.html", "chapters/01-value.html", "chapters/04-attention.html", "chapters/08-efficiency.html"];
const enough = 95;

// A busy machine spoils a time: what is too slow is measured again.
async function measured(page) {
  const chrome = await launcher.launch({
    chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const { lhr } = await lighthouse(origin + page, { port: chrome.port, logLevel: "error", output: "json" });
  await chrome.kill();
  return lhr;
}

for (const page of pages)
  test(`lighthouse: ${page}`, async (t) => {
    let best, scores;
    for (let time = 0; time < 3 && !(scores && scores.every(([, score]) => score >= enough)); ++time) {
      best = await measured(page);
      scores = Object.values(best.categories).map(({ title, score }) => [title, Math.round(100 * score)]);
      t.diagnostic(scores.map(([title, score]) => `${title} ${score}`).join(", "));
    }
    const lost = Object.values(best.categories).flatMap(({ auditRefs }) => auditRefs)
      .filter(({ id, weight }) => weight > 0 && best.audits[id].score !== null && best.audits[id].score < 0.9)
      .map(({ id }) => `${id}: ${best.audits[id].title} ${best.audits[id].displayValue ?? ""}`);
    assert.deepEqual(scores.filter(([, score]) => score < enough), [], lost.join("\n"));
  });
