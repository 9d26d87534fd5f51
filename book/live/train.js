// Train in the page: a thousand steps on the names that come with the book, or on a text of the reader's own.
live.widget("train", (() => {
  const milestones = [0, 10, 100, 300, 1000];
  const model = "microgpt:model";

  const { text_of, bytes_of } = live;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // ---- What is seen of a run: the curve, and the names on the way

  function curve(frame, { losses, means, steps }) {
    const { svg } = frame, width = Math.max(260, Math.min(640, frame.out.clientWidth)), height = 190, left = 24, bottom = 24;
    const top = Math.max(3.6, ...losses.filter((_, i) => i % 7 === 0));
    const x = (step) => left + (width - left - 8) * step / steps;
    const y = (loss) => 8 + (height - bottom - 8) * (top - loss) / top;
    const line = (points) => points.map(([step, loss], i) => `${i ? "L" : "M"}${x(step).toFixed(1)} ${y(loss).toFixed(1)}`).join("");
    const mark = (loss) => [
      svg("path", { d: `M${left} ${y(loss)}H${width - 8}`, class: "live-grid" }),
      svg("text", { x: left - 6, y: y(loss) + 4, "text-anchor": "end" }, String(loss))];
    return svg("svg", { class: "live-curve", viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `The loss of ${losses.length} of ${steps} steps, and the mean of the last hundred` },
      [0, 1, 2, 3].map(mark),
      [0, steps].map((step) => svg("text", { x: x(step), y: height - 6, "text-anchor": step ? "end" : "start" }, `${step}`)),
      losses.length ? svg("path", { d: line(losses.map((loss, i) => [i + 1, loss])), class: "live-thin" }) : null,
      means.length ? svg("path", { d: line(means), class: "live-bold" }) : null);
  }

  function draw(frame) {
    const { el, seen } = frame;
    if (!seen) return frame.out.replaceChildren();
    const names = Object.entries(seen.names).map(([step, names]) =>
      el("tr", {}, el("th", { scope: "row" }, step), el("td", {}, names.map((name) => name || "(nothing)").join(", "))));
    frame.out.replaceChildren(curve(frame, seen), el("table", { class: "live-table live-names" },
      el("tr", {}, el("th", { scope: "col" }, "after"), el("th", { scope: "col" }, "it writes")), names));
  }

  // ---- The run

  async function run(frame) {
    stop(frame);
    const me = frame.running = {};
    const own = frame.own;
    frame.train.textContent = "Stop";
    try {
      const begun = await frame.ask({ ask: "begin", ...(own && { name: own.name }) }, own?.bytes);
      const seen = frame.seen = { losses: [], means: [], steps: begun.steps, names: {} };
      const started = performance.now();
      let slice = 1, drawn = 0;
      for (let step = 0; ; ) {
        if (milestones.includes(step) && step < seen.steps) {
          seen.names[step] = (await frame.ask({ ask: "names", count: 5, aside: 1 })).names;
          frame.say(`After ${step} steps it writes ${seen.names[step].join(", ")}.`);
          draw(frame);
        }
        if (me !== frame.running || step >= seen.steps) break;
        const watched = frame.state.pace === "watch";
        const until = Math.min(seen.steps, milestones.find((one) => one > step) ?? seen.steps);
        const asked = performance.now();
        const { losses, mean, step: now } = await frame.ask({ ask: "train", steps: Math.min(watched ? 5 : slice, until - step) });
        const took = performance.now() - asked;
        slice = Math.max(1, Math.min(50, Math.round(slice * (took < 20 ? 2 : 0.5))));
        seen.losses.push(...losses);
        seen.means.push([step = now, mean]);
        if (watched) await pause(Math.max(0, 100 - took));
        if (performance.now() - drawn > 60) { draw(frame); drawn = performance.now(); }
      }
      await finish(frame, me, seen, own, (performance.now() - started) / 1000);
    } catch (error) {
      frame.seen = undefined;
      draw(frame);
      frame.refuse(error);
    }
    if (me === frame.running) stop(frame);
  }

  async function finish(frame, me, seen, own, seconds) {
    const mean = seen.means.at(-1)?.[1] ?? 0;
    if (me !== frame.running) return frame.say(`Stopped after ${seen.losses.length} steps.`);
    const { names } = await frame.ask({ ask: "names", count: 20 });
    seen.names[seen.steps] = names;
    draw(frame);
    let told = `${seen.steps} steps in ${seconds.toFixed(1)} s. The last hundred losses have a mean of ${mean.toFixed(2)}.`;
    if (!own) {
      const same = await frame.ask({ ask: "compare", names }, await frame.record());
      told += ` ${same.losses} of ${same.of_losses} losses and ${same.names} of ${same.of_names} names equal those that the program prints.`;
      const answer = mean < 1.8 ? "1.2" : mean < 2.7 ? "2.3" : "3.3";
      if (frame.state.guess) told += frame.state.guess === answer ? " You said so." : ` You said ${frame.state.guess}.`;
    }
    frame.say(told);
    frame.stored(model, { bytes: text_of((await frame.ask({ ask: "keep" })).bytes), names: seen.names });
  }

  function stop(frame) {
    frame.running = undefined;
    frame.train.textContent = "Train";
  }

  // ---- Models and texts of the reader's

  async function keep(frame) {
    try {
      const { bytes } = await frame.ask({ ask: "keep" });
      const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
      frame.el("a", { href: url, download: "model.safetensors" }).click();
      URL.revokeObjectURL(url);
      frame.say("Kept as model.safetensors: make run ARGS=\"--load model.safetensors --steps 0\" opens it.");
    } catch { frame.say("There is no model yet: train one."); }
  }

  async function opened(frame, bytes, names = {}) {
    stop(frame);
    try {
      const { step, params } = await frame.ask({ ask: "open" }, bytes);
      const { losses, mean } = await frame.ask({ ask: "losses" });
      if (!names[step]) names[step] = (await frame.ask({ ask: "names", count: 20 })).names;
      frame.seen = { losses, means: [], steps: Math.max(1, step), names };
      draw(frame);
      frame.say(`A model of ${params} parameters after ${step} steps; its last hundred losses have a mean of ${mean.toFixed(2)}.`);
    } catch (error) { frame.refuse(error); }
  }

  const file = (frame, label, accept, took) => {
    const input = frame.el("input", { type: "file", accept,
      onchange: async () => {
        const [chosen] = input.files;
        if (chosen) took(chosen.name, new Uint8Array(await chosen.arrayBuffer()));
        input.value = "";
      } });
    return frame.el("label", { class: "live-file" }, label, " ", input);
  };

  return {
    title: "Train in the page",
    state: { pace: "watch", guess: "" },
    stop,
    controls(frame) {
      const { el, button } = frame;
      frame.parts = [
        live.choice(frame, "guess", frame.asked,
          { "3.3": "3.3", "2.3": "2.3", "1.2": "1.2" }),
        live.choice(frame, "pace", "Pace", { watch: "to watch, 20 seconds", fast: "as fast as it goes" }),
      ];
      frame.train = button("Train", () => (frame.running ? stop(frame) : run(frame)), { class: "live-main" });
      const words = el("textarea", { rows: 3, "aria-label": "Your own text, a name on each line", placeholder: "a name on each line" });
      const use = (name, bytes) => {
        frame.own = { name, bytes };
        frame.say(`${name} will be trained on. It is read here, and sent nowhere.`);
      };
      return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
        el("div", { class: "live-row" }, frame.train, button("Keep the model", () => keep(frame))),
        el("details", {}, el("summary", {}, "A text or a model of your own"),
          file(frame, "A text, one name a line:", "", (name, bytes) => { use(name, bytes); run(frame); }),
          words,
          el("div", { class: "live-row" },
            button("Train on this text", () => { use("your text", new TextEncoder().encode(words.value)); run(frame); }),
            button("The book's names again", () => { frame.own = undefined; frame.say("The names that come with the book will be trained on."); })),
          file(frame, "A model that was kept:", ".safetensors", (_, bytes) => opened(frame, bytes))));
    },
    async show(frame) {
      frame.parts.forEach((part) => part.show());
      const kept = frame.seen || frame.running ? null : frame.stored(model);
      if (kept) await opened(frame, bytes_of(kept.bytes), kept.names);
      else draw(frame);
    },
    async showMe(frame) {
      frame.own = undefined;
      await run(frame);
    },
  };
})());
