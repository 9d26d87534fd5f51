// What the pages compute with, without a page: the module, packed as they fetch it, asked from Node.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const file = resolve(root, "book/_build/html/_static/live/engine.js");
const options = existsSync(file) ? {} : { skip: "the module has not been made: it needs em++" };
const record = readFileSync(resolve(root, "book/runs/sample.txt"));

async function started() {
  const parts = new Function("microgptEngine", `${readFileSync(file, "utf8")}; return microgptEngine;`)();
  const [worker, wasm] = [parts.worker, parts.wasm].map((part) => gunzipSync(Buffer.from(part, "base64")));
  const script = new Function("require", "__dirname", `${worker}; return { startMicrogpt, answer, use: (it) => { microgpt = it; } };`);
  const { startMicrogpt, answer, use } = script(createRequire(import.meta.url), ".");
  use(await startMicrogpt({ wasmBinary: wasm }));
  return (question, bytes) => answer({ question, bytes });
}

test("the module trains on the embedded sample: 1000 losses and 20 names are those of the record", options, async (t) => {
  const ask = await started();
  ask({ ask: "begin" });
  const begin = performance.now();
  const { losses } = ask({ ask: "train", steps: 1000 }).answer;
  const here = performance.now() - begin;
  const { names } = ask({ ask: "names", count: 20 }).answer;
  assert.deepEqual(ask({ ask: "compare", names }, record).answer, { losses: 1000, names: 20, of_losses: 1000, of_names: 20 });
  const printed = String(record).match(/loss \d+\.\d{4}/g);
  assert.deepEqual(losses.map((loss) => `loss ${loss.toFixed(4)}`), printed);
  assert.deepEqual(names, [...String(record).matchAll(/^sample +\d+: (.*)$/gm)].map(([, name]) => name));

  // A timing decides no test: at most three times the program's is what it should be.
  const program = resolve(root, "build/microgpt");
  if (!existsSync(program)) return;
  const alone = (steps) => {
    const start = performance.now();
    spawnSync(program, ["--engine", "value", "--data", resolve(root, "data/dreamed-names.txt"), "--steps", steps, "--samples", "1"]);
    return performance.now() - start;
  };
  const native = Math.min(...[1, 2, 3].map(() => alone("1000") - alone("1")));
  t.diagnostic(`1000 steps: ${here.toFixed(0)} ms, ${(here / native).toFixed(1)} times the program's`);
});

test("the module refuses what it can't read, and goes on", options, async () => {
  const ask = await started();
  const refused = (bytes) => ask({ ask: "begin", name: "mine.txt" }, bytes).answer.refused;
  assert.equal(refused(new Uint8Array()), "mine.txt holds no document: give a file with one on each line");
  assert.match(refused(Uint8Array.of(0x61, 0xff)), /^mine.txt:1: byte 2 is not UTF-8/);
  assert.equal(ask({ ask: "open" }, Uint8Array.of(1, 2, 3)).answer.refused,
    "not a microgpt checkpoint: it is cut short, or no safetensors file");
  const letters = Array.from({ length: 20000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("\n");
  assert.equal(ask({ ask: "begin", name: "mine.txt" }, new TextEncoder().encode(letters)).answer.vocab, 20001);
  assert.equal(ask({ ask: "train" }).answer.losses.length, 1);
  const names = new TextEncoder().encode("anna\nbob\n".repeat(111112));
  assert.equal(ask({ ask: "begin", name: "mine.txt" }, names).answer.docs, 222224);
});

test("the module's file is the program's: each opens the other's", options, async () => {
  const ask = await started();
  ask({ ask: "begin", steps: 3 });
  ask({ ask: "train", steps: 3 });
  const { bytes } = ask({ ask: "keep" });
  const names = ask({ ask: "names", count: 2 }).answer.names;
  assert.equal(ask({ ask: "open" }, bytes).answer.step, 3);
  assert.deepEqual(ask({ ask: "names", count: 2 }).answer.names, names);

  const program = resolve(root, "build/microgpt");
  if (!existsSync(program)) return;
  const folder = mkdtempSync(join(tmpdir(), "microgpt-"));
  const [kept, saved] = ["kept.safetensors", "saved.safetensors"].map((name) => join(folder, name));
  writeFileSync(kept, bytes);
  const said = spawnSync(program, ["--load", kept, "--steps", "0", "--samples", "2"], { encoding: "utf8" });
  assert.deepEqual([...said.stdout.matchAll(/^sample +\d+: (.*)$/gm)].map(([, name]) => name), names, said.stderr);
  spawnSync(program, ["--data", resolve(root, "data/dreamed-names.txt"), "--steps", "2", "--samples", "0", "--save", saved]);
  assert.equal(ask({ ask: "open" }, readFileSync(saved)).answer.step, 2);
  rmSync(folder, { recursive: true });
});

test("the module and its data weigh at most 150 KB, as they are sent", options, (t) => {
  const weight = gzipSync(readFileSync(file), { level: 9 }).length;
  t.diagnostic(`${(weight / 1000).toFixed(1)} KB`);
  assert.ok(weight <= 150e3);
});
