// Chapter 3's valley: the same way down at a rate of the reader's own.
live.widget("valley", {
  title: "Choose a rate yourself",
  state: { rate: 1, at: 0, guess: "" },
  most: { at: 6 },

  controls(frame) {
    const { el, button } = frame;
    const step = (by) => frame.set({ at: Math.max(0, Math.min(6, frame.state.at + by)) });
    frame.parts = [
      live.choice(frame, "guess", frame.asked, { 2: "2", 5: "5", 10: "10", 30: "30" }),
      live.slider(frame, "rate", "rate", 0.5, 32, 0.5),
    ];
    frame.back = button("◂ One step back", () => step(-1));
    frame.on = button("One step on ▸", () => step(1));
    return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
      el("div", { class: "live-row" }, frame.back, frame.on));
  },

  async show(frame) {
    const { svg, el, state } = frame;
    frame.parts.forEach((part) => part.show());
    const { walk } = await frame.ask({ ask: "valley", rate: state.rate, steps: 6, at: [] });
    const far = Math.min(16, Math.max(2, Math.ceil(Math.max(...walk.map(({ scores }) => Math.abs(scores[0]))))));
    const ends = Array.from({ length: 81 }, (_, i) => far * (i / 40 - 1));
    const { losses } = await frame.ask({ ask: "valley", steps: 0, at: ends });
    const width = Math.max(260, Math.min(560, frame.out.clientWidth)), height = 200;
    const top = Math.max(...losses), low = 0.9;
    const x = (end) => 10 + (width - 20) * (Math.max(-far, Math.min(far, end)) + far) / (2 * far);
    const y = (loss) => 8 + (height - 30) * (top - Math.min(top, loss)) / (top - low);
    const place = walk[state.at];
    const way = walk.slice(0, state.at + 1);
    frame.out.replaceChildren(
      svg("svg", { class: "live-curve", viewBox: `0 0 ${width} ${height}`, role: "img",
        "aria-label": `The valley; after ${state.at} steps the score of the end is ${live.figure(place.scores[0])}` },
        svg("path", { class: "live-thick", d: live.line(ends.map((end, i) => [x(end), y(losses[i])])) }),
        svg("path", { class: "live-way", d: live.line(way.map(({ scores, loss }) => [x(scores[0]), y(loss)])) }),
        way.map(({ scores, loss }, i) => svg("circle", { class: i === state.at ? "live-ball" : "live-dot", cx: x(scores[0]), cy: y(loss), r: i === state.at ? 6 : 3 })),
        [-far, 0, far].map((end) => svg("text", { x: x(end), y: height - 4, "text-anchor": end < 0 ? "start" : end ? "end" : "middle" }, live.figure(end)))),
      live.bars("The shares", ["the end", "v", "n"].map((name, i) => [name, place.shares[i]])));
    frame.back.disabled = state.at === 0;
    frame.on.disabled = state.at === 6;
    const last = walk[6].loss, first = walk[0].loss, best = Math.min(...walk.map(({ loss }) => loss));
    const verdict = last > first ? "It ends higher than it began: the rate is too large."
      : last > best + 0.01 ? "It leaps over the bottom and back." : "It comes to rest at the bottom.";
    let guessed = "";
    if (state.guess && state.at === 6) {
      const ends_higher = async (rate) => {
        const tried = (await frame.ask({ ask: "valley", rate, steps: 6, at: [] })).walk;
        return tried[6].loss > tried[0].loss;
      };
      const answers = await Promise.all([2, 5, 10, 30].map(ends_higher));
      const is = [2, 5, 10, 30][answers.indexOf(true)];
      guessed = ` ${is} is the first that ends higher than it began: you said ${+state.guess === is ? "so" : state.guess}.`;
    }
    frame.say(`Step ${state.at} of 6 at a rate of ${state.rate}: the loss is ${place.loss.toFixed(3)}.` +
      (state.at === 6 ? ` ${verdict}` : "") + guessed);
  },

  async showMe(frame) {
    await frame.set({ at: 0 });
    while (frame.state.at < 6 && frame.out.isConnected) {
      await live.rest(700);
      await frame.set({ at: frame.state.at + 1 });
    }
  },
});
