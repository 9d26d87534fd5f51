// The frame of every live picture: it opens the widget under its picture, asks the module, keeps the state.
const live = (() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = script.src.replace(/[^/]*$/, "");
  /** @type {Record<string, Widget>} */
  const widgets = {};

  // ---- Making elements

  const made = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes))
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
    element.append(...children.flat(Infinity).filter((child) => child != null));
    return element;
  };
  /** @type {Frame["el"]} */
  const el = (tag, attributes = {}, ...children) => made(document.createElement(tag), attributes, children);
  /** @type {Frame["svg"]} */
  const svg = (tag, attributes = {}, ...children) =>
    made(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  /** @type {Frame["button"]} */
  const button = (label, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, label);

  // ---- The module: fetched when it is first asked, in a worker that ends with the page

  /** @type {Promise<Worker> | undefined} */
  let worker;
  let waiting = new Map(), number = 0;

  const unpacked = async (text) => {
    const stream = new Blob([bytes_of(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  };
  const fetched = () =>
    globalThis.microgptEngine ??
    new Promise((resolve, reject) =>
      document.head.append(el("script", {
        src: `${folder}engine.js`,
        onload: () => resolve(microgptEngine),
        onerror: () => reject(new Error("the module could not be loaded: is the network on?")),
      })));
  const start = async () => {
    const engine = await fetched();
    const url = URL.createObjectURL(new Blob([await unpacked(engine.worker)], { type: "text/javascript" }));
    const started = new Worker(url);
    URL.revokeObjectURL(url);
    started.onmessage = ({ data: { id, ...reply } }) => {
      waiting.get(id)?.(reply);
      waiting.delete(id);
    };
    started.postMessage({ wasm: await unpacked(engine.wasm) });
    return started;
  };

  // Resolves to what the module answers; what it refuses to is thrown, in its own words.
  /** @type {Frame["ask"]} */
  const ask = async (question, bytes) => {
    worker ??= start();
    const started = await worker.catch((error) => {
      worker = undefined;  // the next question tries again
      throw error;
    });
    const id = ++number;
    const { answer, took, bytes: came } = await new Promise((resolve) => {
      waiting.set(id, resolve);
      started.postMessage({ id, question, bytes });
    });
    if (answer.refused) throw new Error(answer.refused);
    return { ...answer, took, ...(came && { bytes: came }) };
  };
  // The model that is asked: the reader's own, if one was kept, or a thousand steps on the names of the page.
  /** @type {Promise<Answer> | undefined} */
  let ready;
  const model = () => (ready ??= (async () => {
    const kept = stored("microgpt:model");
    if (kept) try { return await ask({ ask: "open" }, bytes_of(kept.bytes)); } catch { /* it was damaged */ }
    await ask({ ask: "begin" });
    return ask({ ask: "train", steps: 1000 });
  })().catch((error) => {
    ready = undefined;
    throw error;
  }));

  // What the program has printed: it is packed as losses and names alone.
  const record = async () => {
    const all = new TextDecoder().decode(await unpacked((await fetched()).record)).split("\n");
    const lines = all.map((one) => (/^\d/.test(one) ? `step | loss ${one}` : `sample : ${one}`));
    return new TextEncoder().encode(lines.join("\n"));
  };

  // Whoever waits for an answer is left waiting: the page is gone.
  const end = async () => {
    const ended = worker;
    worker = ready = undefined;
    waiting = new Map();
    (await ended)?.terminate();
  };
  addEventListener("pagehide", end);

  // ---- The state: kept over a reload, and in a link

  const stored = (name, value) => {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(name) ?? "null");
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      return null;  // where a browser keeps nothing
    }
  };
  // A page that is loaded again goes on where its reader was, not where the link began.
  const again = performance.getEntriesByType("navigation").some((one) => /** @type {any} */ (one).type === "reload");
  const linked = (name) => {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (asked.get("live") !== name || (again && stored(`microgpt:${name}`))) return null;
    return Object.fromEntries(asked);
  };
  // A link may have been typed by anybody: what is counted is whole, and goes as far as the widget does.
  const fitted = ({ state, most = {} }, found) =>
    Object.fromEntries(Object.entries(state).map(([key, value]) => {
      const given = found?.[key] ?? value;
      if (typeof value !== "number") return [key, String(given)];
      if (!Number.isFinite(+given)) return [key, value];
      return [key, key in most ? Math.max(0, Math.min(most[key], Math.floor(+given))) : +given];
    }));

  const text_of = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const bytes_of = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  // ---- A widget in its frame

  function open(place, name, opener) {
    const widget = widgets[name];
    const key = `microgpt:${name}`;
    const said = el("p", { class: "live-said", role: "status" });
    const out = el("div", { class: "live-out" });
    /** @type {Frame} */
    const frame = /** @type {any} */ ({  // the widget adds the rest
      el, svg, button, out, ask, record, model, stored, asked: place.dataset.ask,
      state: fitted(widget, linked(name) ?? stored(key)),
      say: (text) => { said.textContent = text; said.classList.remove("refused"); },
      refuse: (error) => { said.textContent = error.message; said.classList.add("refused"); },
      // Takes over what is new, and shows it.
      set: (changes) => {
        Object.assign(frame.state, changes);
        stored(key, { ...frame.state, open: 1 });
        return Promise.resolve(widget.show(frame)).catch(frame.refuse);
      },
    });
    const link = async () => {
      const url = `${location.href.split("#")[0]}#${new URLSearchParams({ live: name, ...frame.state })}`;
      history.replaceState(null, "", url);
      await navigator.clipboard?.writeText(url).catch(() => {});
      frame.say("The address of this page is now a link to this state.");
    };
    const close = () => {
      widget.stop?.(frame);
      stored(key, { ...frame.state, open: 0 });
      panel.remove();
      opener.hidden = false;
      opener.focus();
    };
    const panel = el("section", { class: "live-panel", "aria-label": widget.title },
      widget.controls(frame), out, said,
      el("div", { class: "live-actions" },
        button("Show me", () => widget.showMe(frame)),
        button("Reset", () => { widget.stop?.(frame); return frame.set({ ...widget.state }); }),
        button("Link to this", link),
        button("Close", close)));
    addEventListener("pagehide", () => widget.stop?.(frame));
    opener.hidden = true;
    place.append(panel);
    frame.set({});
    return panel;
  }

  addEventListener("DOMContentLoaded", () => {
    /** @type {NodeListOf<HTMLElement>} */
    const places = document.querySelectorAll(".live");
    for (const place of places) {
      const name = place.dataset.live ?? "";
      if (!widgets[name]) continue;
      const opener = button(widgets[name].title, () => open(place, name, opener).querySelector("input")?.focus(),
        { class: "live-open" });
      place.append(opener);
      const is_linked = linked(name);
      if (is_linked || stored(`microgpt:${name}`)?.open) open(place, name, opener);
      if (is_linked) place.scrollIntoView();
    }
  });

  // ---- Controls that know the state

  // A number on a slider, with its value beside it.
  const slider = (frame, key, label, min, max, step) => {
    const value = el("output", {});
    const input = el("input", {
      type: "range", min, max, step, "aria-label": label, oninput: () => frame.set({ [key]: +input.value }),
    });
    return { element: el("label", { class: "live-slider" }, label, " ", input, " ", value),
      show: () => { input.value = frame.state[key]; value.textContent = figure(frame.state[key], 4); },
      limit: (most) => { input.max = most; } };
  };
  // One of some, as radio buttons.
  const choice = (frame, key, label, options, onchange = (_value) => {}) => {
    const inputs = Object.entries(options).map(([value, words]) => {
      const input = el("input", { type: "radio", name: `live-${key}-${label}`, value,
        onchange: () => { frame.set({ [key]: value }); onchange(value); } });
      return { input, element: el("label", {}, input, " ", words) };
    });
    return { element: el("fieldset", { class: "live-choice" }, el("legend", {}, label), inputs.map((one) => one.element)),
      show: () => inputs.forEach(({ input }) => { input.checked = input.value === frame.state[key]; }) };
  };

  // A word to be typed.
  const word = (frame, key, label, most) => {
    const input = el("input", { type: "text", maxlength: most, size: most, autocapitalize: "none", autocomplete: "off",
      spellcheck: "false", oninput: () => frame.set({ [key]: input.value }) });
    return { element: el("label", { class: "live-word" }, label, " ", input),
      show: () => { if (input.value !== frame.state[key]) input.value = frame.state[key]; } };
  };

  // ---- Words and bars that several widgets use

  const figure = (x, digits = 3) => String(+(+x).toPrecision(digits)).replace("-", "−");
  const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  // A line through some points, as a path.
  const line = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  // A table of bars: [label, share, words], the width of all being that of the largest.
  const bars = (caption, rows, mark = (_row) => false) => {
    const most = Math.max(...rows.map(([, share]) => share), 1e-9);
    return el("table", { class: "live-table live-bars" }, el("caption", {}, caption),
      rows.map(([label, share, words = percent(share)], i) => el("tr", { class: mark(i) ? "met" : "" },
        el("th", { scope: "row" }, label),
        el("td", {}, el("span", { class: "live-bar", style: `width: ${(100 * share / most).toFixed(1)}%` })),
        el("td", {}, words))));
  };
  const likeliest = (next, count) =>
    [...next.letters, "the end"].map((letter, i) => [letter, next.shares[i]]).sort((a, b) => b[1] - a[1]).slice(0, count);
  const note = () => el("p", { class: "live-note" }, "Asked is the model of this page's own: a thousand steps on the 2,000 " +
    "names that come with the book, or what you have trained on its first page. So the figures are not the picture's.");
  const rest = (ms) => new Promise((done) =>
    setTimeout(done, matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : ms));

  /** @type {(name: string, definition: Widget) => void} */
  const widget = (name, definition) => { widgets[name] = definition; };
  return { widget, slider, choice, word, figure, percent, line, bars,
    likeliest, note, rest, text_of, bytes_of };
})();
