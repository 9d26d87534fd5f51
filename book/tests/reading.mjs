// The woven book on a server of its own, and a real browser to read it with.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, relative, resolve } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const book = resolve(here, "../_build/html");
const kinds = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]);
export const pages = files(book).filter((file) => file.endsWith(".html")).map((file) => relative(book, file)).sort();
export const chapters = pages.filter((page) => /^chapters\/0\d-/.test(page));

assert.ok(chapters.length >= 8 && pages.length > 100, "the book has not been woven: make book");

let server, browser;
export let origin;

before(async () => {
  server = createServer((request, response) => {
    const file = join(book, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      const content = readFileSync(file);
      response.writeHead(200, { "content-type": kinds[extname(file)] ?? "application/octet-stream" });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${server.address().port}/`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--no-first-run"],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

// A tab that notes whatever goes wrong in it.
export async function open(options = {}) {
  const context = await browser.newContext({ permissions: [], ...options });
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
