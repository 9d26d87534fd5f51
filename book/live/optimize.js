// Chapter 6's long valley, and the names: plain descent and Adam, each with numbers of the reader's own.
live.widget("optimize", (/** @returns {Widget} */ () => {
  const called = { descent: "plain descent", adam: "Adam" };
  const steps_of = (state) => (state.on === "names" ? 50 : 40);

  // ---- In the valley: a place for each step, and how high it is

  async function valley(frame) {
    const { state: { rate, adam_rate, beta1, beta2, epsilon, at }, el, svg } = frame;
    const said = await frame.ask({ ask: "optimize", rate, adam_rate, beta1, beta2, epsilon: 10 ** epsilon });
    const width = Math.max(260, Math.min(560, frame.out.clientWidth)), height = width * 0.22, scale = width / 14;
    const X = (x) => width / 2 + scale * Math.max(-7, Math.min(7, x));
    const Y = (y) => height / 2 - scale * Math.max(-1.5, Math.min(1.5, y));
    const drawn = (name, way) => svg("svg", { class: "live-curve", viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `${name} after ${at} steps: at ${live.figure(way[at][0])}, ${live.figure(way[at][1])}` },
      [1, 2, 3, 4, 5, 6].map((ring) => svg("ellipse", { class: "live-ring", cx: X(0), cy: Y(0), rx: scale * ring, ry: scale * ring / Math.sqrt(50) })),
      svg("path", { class: "live-way", d: live.line(way.slice(0, at + 1).map(([x, y]) => [X(x), Y(y)])) }),
      way.slice(0, at + 1).map(([x, y], i) => svg("circle", { class: i === at ? "live-ball" : "live-dot", cx: X(x), cy: Y(y), r: i === at ? 5 : 2.5 })));
    const heights = { descent: said.descent[at][2], adam: said.adam[at][2] };
    frame.out.replaceChildren(
      el("p", {}, `Plain descent, height ${live.figure(heights.descent)}`), drawn("Plain descent", said.descent),
      el("p", {}, `Adam, height ${live.figure(heights.adam)}`), drawn("Adam", said.adam));
    return { ...heights, told: `descent is at a height of ${live.figure(heights.descent)}, Adam at ${live.figure(heights.adam)}` };
  }

  // ---- On the names: the mean of the last ten losses

  async function names(frame) {
    const { state: { names_rate, names_adam, beta1, beta2, epsilon, at }, svg } = frame;
    const said = await frame.ask({ ask: "race", rate: names_rate, adam_rate: names_adam, beta1, beta2, epsilon: 10 ** epsilon });
    const recent = (losses, step) => {
      const last = losses.slice(Math.max(0, step - 10), Math.max(1, step));
      return last.reduce((sum, loss) => sum + loss, 0) / last.length;
    };
    const now = { descent: recent(said.descent, at), adam: recent(said.adam, at) };
    const width = Math.max(260, Math.min(560, frame.out.clientWidth)), height = 190;
    const x = (step) => 30 + (width - 110) * step / 50;
    const y = (loss) => 8 + (height - 32) * (4 - Math.max(2, Math.min(4, loss))) / 2;
    const way = (losses) => Array.from({ length: at + 1 }, (_, step) => [x(step), y(recent(losses, step))]);
    const apart = Math.abs(y(now.descent) - y(now.adam)) < 14 ? (now.descent < now.adam ? 7 : -7) : 0;
    frame.out.replaceChildren(svg("svg", { class: "live-curve", viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `The mean of the last ten losses after ${at} names: plain descent ${now.descent.toFixed(2)}, Adam ${now.adam.toFixed(2)}` },
      [2, 3, 4].map((loss) => [svg("path", { class: "live-grid", d: `M30 ${y(loss)}H${x(50)}` }),
        svg("text", { x: 22, y: y(loss) + 4, "text-anchor": "end" }, String(loss))]),
      svg("path", { class: "live-way", d: live.line(way(said.descent)) }), svg("path", { class: "live-bold", d: live.line(way(said.adam)) }),
      svg("text", { x: x(at) + 6, y: y(now.descent) + 4 + apart }, "descent"), svg("text", { x: x(at) + 6, y: y(now.adam) + 4 - apart }, "Adam"),
      [0, 50].map((step) => svg("text", { x: x(step), y: height - 6, "text-anchor": "middle" }, `${step}`))));
    return { ...now, told: `plain descent loses ${now.descent.toFixed(2)} in the mean of the last ten, Adam ${now.adam.toFixed(2)}` };
  }

  return {
    title: "Choose their numbers yourself",
    state: { on: "valley", rate: 0.036, adam_rate: 0.5, names_rate: 0.1, names_adam: 0.01, beta1: 0.85, beta2: 0.99, epsilon: -8, at: 0, guess: "" },
    most: { at: 50 },

    controls(frame) {
      const { el, button } = frame;
      const step = (by) => frame.set({ at: Math.max(0, Math.min(steps_of(frame.state), frame.state.at + by)) });
      frame.parts = [
        live.choice(frame, "guess", frame.asked, { descent: "plain descent", adam: "Adam" }),
        live.choice(frame, "on", "Where", { valley: "in the valley, forty steps", names: "on the names, fifty steps" }, () => frame.set({ at: 0 })),
        live.slider(frame, "rate", "descent's rate", 0.002, 0.06, 0.002),
        live.slider(frame, "adam_rate", "Adam's rate", 0.05, 2, 0.05),
        live.slider(frame, "names_rate", "descent's rate", 0.02, 0.6, 0.02),
        live.slider(frame, "names_adam", "Adam's rate", 0.001, 0.1, 0.001),
        live.slider(frame, "beta1", "beta 1", 0, 0.99, 0.01),
        live.slider(frame, "beta2", "beta 2", 0, 0.999, 0.001),
        live.slider(frame, "epsilon", "epsilon, ten to the", -8, 1, 1),
      ];
      frame.back = button("◂ Five steps back", () => step(-5));
      frame.on = button("Five steps on ▸", () => step(5));
      return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
        el("div", { class: "live-row" }, frame.back, frame.on));
    },

    async show(frame) {
      const { state } = frame;
      const is_valley = state.on !== "names", most = steps_of(state);
      frame.parts.forEach((part, i) => {
        part.show();
        part.element.hidden = (i === 2 || i === 3) ? !is_valley : (i === 4 || i === 5) && is_valley;
      });
      state.at = Math.min(state.at, most);
      const { told, ...now } = await (is_valley ? valley : names)(frame);
      frame.back.disabled = state.at === 0;
      frame.on.disabled = state.at === most;
      const ahead = now.descent < now.adam ? "descent" : "adam";
      frame.say(`After ${state.at} steps ${told}.` +
        (state.at === most ? ` Ahead is ${called[ahead]}.${state.guess ? (state.guess === ahead ? " You said so." : ` You said ${called[state.guess]}.`) : ""}` : ""));
    },

    async showMe(frame) {
      await frame.set({ at: 0 });
      while (frame.state.at < steps_of(frame.state) && frame.out.isConnected) {
        await live.rest(200);
        await frame.set({ at: frame.state.at + 1 });
      }
    },
  };
})());
