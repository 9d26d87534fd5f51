// Chapter 8's ladder, climbed in this browser: the same thousand steps by each engine that a page has.
live.widget("ladder", (/** @returns {Widget} */ () => {
  const rungs = { graph: "a graph of shared_ptrs", value: "Values on a tape", tape: "whole vectors on a tape", flat: "derived by hand" };
  const spans = { "100": "under 100 ms", "300": "100 to 300 ms", "1000": "300 to 1000 ms", more: "longer" };

  // Milliseconds for 1000 steps, the fastest of so many times, and how many losses were the recorded ones.
  // A slow engine is given a hundred steps, ten at a time so that it can be stopped.
  async function measured(frame, me, engine, { steps, times, at_once }) {
    let best = Infinity, losses = 0;
    for (let time = 0; time < times; ++time) {
      await frame.ask({ ask: "begin", engine });
      let taken = 0;
      for (let step = 0; step < steps; step += at_once) {
        if (me !== frame.running) return null;
        taken += (await frame.ask({ ask: "train", steps: at_once })).took;
      }
      best = Math.min(best, 1000 * taken / steps);
      losses = (await frame.ask({ ask: "compare", names: [] }, await frame.record())).losses;
    }
    return { ms: best, losses, steps };
  }

  async function climb(frame) {
    stop(frame);
    const me = frame.running = {};
    frame.start.textContent = "Stop";
    await frame.set({ graph: 0, value: 0, tape: 0, flat: 0 });
    let right = 0, of = 0;
    for (const engine of Object.keys(rungs)) {
      frame.say(`On its way: ${rungs[engine]}.`);
      const slow = engine === "graph";
      const found = await measured(frame, me, engine, { steps: slow ? 100 : 1000, times: slow ? 1 : 3, at_once: slow ? 10 : 1000 });
      if (me !== frame.running || !found) return;
      right += found.losses;
      of += found.steps;
      frame.checked = ` ${right} of ${of} losses equal those that the program prints.`;
      await frame.set({ [engine]: +found.ms.toPrecision(3) });
    }
    stop(frame);
  }

  function stop(frame) {
    frame.running = undefined;
    frame.start.textContent = "Climb";
  }

  // Dots above an axis that goes by powers of ten, as in the picture.
  function drawn(frame, times) {
    const { svg } = frame, width = Math.max(260, Math.min(560, frame.out.clientWidth)), row = 46, height = 4 * row + 24;
    const [low, high] = [0, 5];
    const x = (ms) => 12 + (width - 60) * (Math.log10(ms) - low) / (high - low);
    const powers = Array.from({ length: high - low + 1 }, (_, i) => low + i);
    const all = Object.entries(rungs).map(([engine, name], i) => ({ name, ms: times[engine], y: i * row + 32 }));
    return svg("svg", { class: "live-curve", viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `Milliseconds for 1000 steps: ${all.map(({ name, ms }) => `${name} ${ms ? live.figure(ms) : "not yet"}`).join(", ")}` },
      powers.map((power) => svg("path", { class: "live-grid", d: `M${x(10 ** power)} 4V${4 * row}` })),
      powers.map((power) => svg("text", { x: x(10 ** power), y: height - 6, "text-anchor": "middle" }, `${10 ** power}${power ? "" : " ms"}`)),
      all.map(({ name, ms, y }, i) => [
        svg("text", { x: 0, y: y - 14, class: "live-name" }, name),
        ms ? svg("circle", { class: "live-ball", cx: x(ms), cy: y, r: 5 }) : null,
        ms ? svg("text", { x: x(ms) + (x(ms) > width / 2 ? -10 : 10), y: y + 4, "text-anchor": x(ms) > width / 2 ? "end" : "start", class: "live-name" },
          `${live.figure(ms)} ms${all[i - 1]?.ms ? `, ×${live.figure(all[i - 1].ms / ms, 2)}` : ""}`) : null]));
  }

  return {
    title: "Climb it in this browser",
    state: { graph: 0, value: 0, tape: 0, flat: 0, guess: "" },
    most: { graph: 1e6, value: 1e6, tape: 1e6, flat: 1e6 },
    stop,

    controls(frame) {
      const { el, button } = frame;
      frame.parts = [live.choice(frame, "guess", frame.asked, spans)];
      frame.start = button("Climb", () => (frame.running ? halt(frame) : climb(frame).catch(frame.refuse)), { class: "live-main" });
      return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element), el("div", { class: "live-row" }, frame.start));
    },

    show(frame) {
      const { el, state } = frame;
      frame.parts.forEach((part) => part.show());
      frame.out.replaceChildren(drawn(frame, state), el("p", { class: "live-note" }, "The names are the 2,000 that come with the book. " +
        "The slowest engine is given a hundred steps; the fast one stays with the program, for a page has no vector registers that it could use."));
      const { graph, value, flat, guess } = state;
      if (!flat) return frame.say(value ? `With Values on a tape a thousand steps take ${live.figure(value)} ms.` : "Four engines wait, the slowest first.");
      const is = Object.keys(spans).find((span) => !(value >= +span));
      frame.say(`With Values on a tape a thousand steps take ${live.figure(value)} ms here, derived by hand ${live.figure(flat)} ms: ` +
        `from the lowest rung to the highest ${live.figure(graph / flat, 2)} times sooner.${frame.checked ?? ""}` +
        (guess ? (guess === is ? " You said so." : ` You said ${spans[guess]}.`) : ""));
    },

    showMe: (frame) => climb(frame).catch(frame.refuse),
  };

  function halt(frame) {
    stop(frame);
    frame.say("Stopped.");
  }
})());
