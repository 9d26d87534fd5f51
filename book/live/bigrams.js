// Chapter 3's table, as it learns from one name after the other.
live.widget("bigrams", (/** @returns {Widget} */ () => {
  const reads = 10000, goal = 2.6;

  async function read(frame) {
    stop(frame);
    const me = frame.running = {};
    frame.start.textContent = "Stop";
    const rate = 10 ** frame.state.rate;
    const anew = frame.state.at === 0 || frame.state.at >= reads;
    if (anew) await frame.set({ at: 0, below: 0 });
    while (me === frame.running && frame.out.isConnected && frame.state.at < reads) {
      const asked = performance.now();
      const found = await frame.ask({ ask: "bigrams", steps: 250, rate });
      if (me !== frame.running) break;
      frame.table = found;
      const below = frame.state.below || (found.loss < goal ? found.step : 0);
      await frame.set({ at: found.step, below });
      await live.rest(Math.max(0, 250 - (performance.now() - asked)));
    }
    if (me === frame.running) stop(frame);
  }

  function stop(frame) {
    frame.running = undefined;
    frame.start.textContent = "Read names";
  }

  function drawn(frame, letters, shares) {
    const { svg } = frame, names = [...letters, "·"], count = names.length, cell = 14, edge = 16;
    const side = edge + count * cell;
    return svg("svg", { class: "live-curve live-cells", viewBox: `0 0 ${side} ${side}`, role: "img",
      "aria-label": "A row for the letter read, a column for the one that comes next: the stronger, the likelier" },
      names.map((name, i) => [
        svg("text", { x: 6, y: edge + i * cell + 11, "text-anchor": "middle" }, name),
        svg("text", { x: edge + i * cell + 7, y: 11, "text-anchor": "middle" }, name)]),
      shares.map((row, i) => row.map((share, j) => svg("rect", { class: "live-cell", x: edge + j * cell, y: edge + i * cell,
        width: cell - 1, height: cell - 1, "fill-opacity": Math.min(1, 0.06 + share / 0.3).toFixed(2) }))));
  }

  return {
    title: "Watch it learn",
    state: { rate: -1, at: 0, below: 0, guess: "" },
    most: { at: 10000, below: 10000 },
    stop,

    controls(frame) {
      const { el, button } = frame;
      frame.parts = [
        live.choice(frame, "guess", frame.asked, { 250: "250", 750: "750", 2500: "2500", 10000: "10,000" }),
        live.slider(frame, "rate", "rate, ten to the", -2.5, 0, 0.25),
      ];
      frame.start = button("Read names", () => (frame.running ? stop(frame) : read(frame).catch(frame.refuse)), { class: "live-main" });
      return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
        el("div", { class: "live-row" }, frame.start));
    },

    async show(frame) {
      const { el, state } = frame;
      frame.parts.forEach((part) => part.show());
      // Where a reload has left off it reads again, quickly, what it had read.
      let { table } = frame;
      if (!table || table.step !== state.at)
        table = frame.table = await frame.ask({ ask: "bigrams", anew: 1, steps: state.at, rate: 10 ** state.rate });
      const { loss, letters, shares } = table;
      frame.out.replaceChildren(drawn(frame, letters, shares), el("p", { class: "live-note" }, "It reads the 2,000 names that come with the book."));
      if (!state.at) return frame.say("It has read nothing: every letter is as likely as any other.");
      const strongest = shares.flatMap((row, i) => row.map((share, j) => [share, i, j])).sort((a, b) => b[0] - a[0])[0];
      const name = (i) => letters[i] ?? "the mark";
      const guessed = state.guess && state.below
        ? (+state.guess === [250, 750, 2500, 10000].find((most) => state.below <= most) ? " You said so." : ` You said ${state.guess}.`) : "";
      frame.say(`After ${state.at} names its loss is ${loss.toFixed(2)}. Surest is that after ${name(strongest[1])} comes ` +
        `${name(strongest[2])}: ${live.percent(strongest[0])}.` +
        (state.below ? ` Below ${goal} it was first after ${state.below}.${guessed}` : ""));
    },

    async showMe(frame) {
      await frame.set({ at: 0, rate: -1, below: 0 });
      await read(frame).catch(frame.refuse);
    },
  };
})());
