// The worker: the module, asked one question after the other. What comes in is {id, question, bytes?}, what
// goes out {id, answer, bytes?}. The first message is the module itself.
let microgpt;

const answer = ({ id, question, bytes }) => {
  if (bytes) {
    const place = microgpt._microgpt_give(bytes.length);
    microgpt.HEAPU8.set(bytes, place);
  }
  const said = JSON.parse(microgpt.ccall("microgpt_ask", "string", ["string"], [JSON.stringify(question)]));
  const reply = { id, answer: said };
  if (said.size) reply.bytes = microgpt.HEAPU8.slice(microgpt._microgpt_take(), microgpt._microgpt_take() + microgpt._microgpt_size());
  return reply;
};

let started;
if (typeof onmessage !== "undefined")
  onmessage = async ({ data }) => {
    if (data.wasm) started = startMicrogpt({ wasmBinary: data.wasm }).then((it) => { microgpt = it; });
    try {
      await started;
      if (data.question) postMessage(answer(data));
    } catch {
      postMessage({ id: data.id, answer: { refused: "the module has stopped: load this page again" } });
    }
  };
