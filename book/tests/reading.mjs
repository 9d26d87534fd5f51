// A real browser to read the woven book with.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { book, origin } from "./serving.mjs";

export { book, origin };

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]);
export const pages = files(book).filter((file) => file.endsWith(".html")).map((file) => relative(book, file)).sort();
export const chapters = pages.filter((page) => /^chapters\/0\d-/.test(page));

assert.ok(chapters.length >= 8 && pages.length > 100, "the book has not been woven: make book");

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--no-first-run"],
  });
});

after(() => browser?.close());

// A tab that notes whatever goes wrong in it.
export async function open(options = {}) {
  const context = await browser.newContext({ permissions: [], ...options });
  // A page that scrolls smoothly would go on below the pointer, once that has been put somewhere.
  await context.addInitScript(() => addEventListener("DOMContentLoaded", () => {
    document.documentElement.style.scrollBehavior = "auto";
  }));
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin) && !request.url().startsWith("file:"))
      troubles.push(`asks another host: ${request.url()}`);
  });
  return { page, troubles, close: () => context.close() };
}
