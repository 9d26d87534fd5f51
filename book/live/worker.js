// The worker: the module, asked one question after the other. What comes in is {id, question, bytes?}, what
// goes out {id, answer, took, bytes?}, took in milliseconds. The first message is the module itself.

// The module asks nothing of the system: it opens no file and prints nothing.
const startMicrogpt = async (wasm) => {
  const none = () => {};
  const { instance } = await WebAssembly.instantiate(wasm,
    { env: { emscripten_notify_memory_growth: none }, wasi_snapshot_preview1: { proc_exit: none } });
  const found = /** @type {Module} */ (/** @type {unknown} */ (instance.exports));
  found._initialize();
  return found;
};

/** @type {Module} */
let microgpt;
const memory = () => new Uint8Array(microgpt.memory.buffer);

const answer = ({ id, question, bytes }) => {
  const begin = performance.now();
  if (bytes) memory().set(bytes, microgpt.microgpt_give(bytes.length));
  const text = new TextEncoder().encode(`${JSON.stringify(question)}\0`);
  const asked = microgpt.malloc(text.length);
  memory().set(text, asked);
  const place = microgpt.microgpt_ask(asked);
  microgpt.free(asked);
  const said = JSON.parse(new TextDecoder().decode(memory().subarray(place, memory().indexOf(0, place))));
  const reply = { id, answer: said, took: performance.now() - begin };
  if (!said.size) return reply;
  const kept = microgpt.microgpt_take();
  return { ...reply, bytes: memory().slice(kept, kept + microgpt.microgpt_size()) };
};

let started;
if (typeof onmessage !== "undefined")
  onmessage = async ({ data }) => {
    if (data.wasm) started = startMicrogpt(data.wasm).then((it) => { microgpt = it; });
    try {
      await started;
      if (data.question) postMessage(answer(data));
    } catch {
      postMessage({ id: data.id, answer: { refused: "the module has stopped: load this page again" } });
    }
  };
