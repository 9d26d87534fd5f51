// The woven book, and a server of its own for it.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, resolve } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

export const book = process.env.MICROGPT_HTML ?? resolve(dirname(fileURLToPath(import.meta.url)), "../_build/html");
const kinds = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

// The live pictures: where each stands, and what "Show me" makes it say some time.
export const widgets = {
  train: { page: "index.html", shown: "After 10 steps" },
  walk: { page: "chapters/01-value.html", shown: "Record 4" },
  score: { page: "chapters/02-ops.html", shown: "surprise of 0.14" },
  valley: { page: "chapters/03-mlp.html", shown: "Step 6" },
  bigrams: { page: "chapters/03-mlp.html", shown: "After 1000 names" },
  heads: { page: "chapters/04-attention.html", shown: "Head 4" },
  stream: { page: "chapters/05-gpt.html", shown: "At the end" },
  optimize: { page: "chapters/06-adam.html", shown: "After 40 steps" },
  heat: { page: "chapters/07-sampling.html", shown: "names are new" },
  ladder: { page: "chapters/08-efficiency.html", shown: "from the lowest rung to the highest" },
};
export const unmade = !existsSync(join(book, "_static/live/engine.js")) && "the module has not been made: it needs em++";

export let origin;
let server, is_off = false;
/** Switches the network off, and on again: a request is then hung up on. */
export const switch_off = (off) => { is_off = off; };

before(async () => {
  server = createServer((request, response) => {
    if (is_off) return request.destroy();
    const file = join(book, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      const content = readFileSync(file), kind = kinds[extname(file)];
      const is_packed = kind && /gzip/.test(request.headers["accept-encoding"]);  // as hosts do
      response.writeHead(200, { "content-type": kind ?? "application/octet-stream", ...(is_packed && { "content-encoding": "gzip" }) });
      response.end(is_packed ? gzipSync(content) : content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${server.address().port}/`;
});

after(() => server?.close());
