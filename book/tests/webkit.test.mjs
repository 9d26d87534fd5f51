// The live pictures in WebKit, which stands for Safari: Debian's webkit2gtk-driver and its MiniBrowser.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { book, origin, unmade, widgets } from "./serving.mjs";

const driver = "/usr/bin/WebKitWebDriver";
const browser = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const screen = "/usr/bin/Xvfb";
const missing = [driver, browser, screen].find((file) => !existsSync(file));
const skip = missing ? `there is no ${missing}: WebKit is not tried (webkit2gtk-driver and xvfb have it)`
  : unmade;

// ---- WebDriver, as far as it is needed

let root, session, started = [];

const call = async (method, path, body) => {
  const response = await fetch(root + path, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
};
const go = (url) => call("POST", `${session}/url`, { url });
// What a function of the page returns, once it has something to return.
const evaluate = async (asked, ...args) => {
  for (let i = 0; i < 600; ++i) {
    const found = await call("POST", `${session}/execute/sync`, { script: `return (${asked})(...arguments)`, args });
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`never: ${asked}`);
};
const said = (widget, words) => evaluate((widget, words) => {
  const said = document.querySelector(`#live-${widget} .live-said`)?.textContent;
  return said?.includes(words) && said;
}, widget, words);
const press = (widget, label) => evaluate((widget, label) => {
  const found = [...document.querySelectorAll(`#live-${widget} :is(button, label)`)].find((one) => one.textContent.trim() === label);
  found?.click();
  return !!found;
}, widget, label);
// It may be open already: the browser remembers.
const open = (widget) => evaluate((widget) => {
  const opener = document.querySelector(`#live-${widget} .live-open`);
  if (!opener?.hidden) opener?.click();
  return !!opener;
}, widget);

const begun = (command, args, environment = {}) => {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe", "pipe"], env: { ...process.env, ...environment } });
  started.push(child);
  return child;
};
const free_port = async () => {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
};

before(async () => {
  if (skip) return;
  const display = begun(screen, ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]);
  const number = await new Promise((found) => display.stdio[3].once("data", (text) => found(String(text).trim())));
  const port = await free_port();
  root = `http://127.0.0.1:${port}`;
  begun(driver, [`--port=${port}`], { DISPLAY: `:${number}` });
  const options = { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } };
  for (let i = 0; !session && i < 100; ++i) {
    const made = await call("POST", "/session", { capabilities: { alwaysMatch: options } }).catch((error) => {
      if (error.cause?.code !== "ECONNREFUSED") throw error;
    });
    if (made) session = `/session/${made.sessionId}`;
    else await new Promise((done) => setTimeout(done, 100));
  }
});
after(async () => {
  if (session) await call("DELETE", session);
  for (const child of started.reverse()) child.kill();
});

// ---- What is tried

for (const [where, pages] of [["a server", () => origin], ["files", () => `file://${book}/`]])
  test(`webkit: the page trains from ${where}, and all losses and names are the recorded ones`, { skip }, async () => {
    await go(`${pages()}index.html`);
    await open("train");
    await press("train", "as fast as it goes");
    await press("train", "Train");
    assert.match(await said("train", "equal"), /1000 of 1000 losses and 20 of 20 names equal/);
  });

for (const [widget, { page, shown }] of Object.entries(widgets))
  test(`webkit: ${widget} shows itself`, { skip }, async () => {
    await go(`${origin}${page}`);
    await open(widget);
    await press(widget, "Show me");
    await said(widget, shown);
  });
