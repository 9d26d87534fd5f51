// Chapter 6's long valley: plain descent and Adam, each with numbers of the reader's own, step by step.
live.widget("optimize", {
  title: "Choose their numbers yourself",
  state: { rate: 0.036, adam_rate: 0.5, beta1: 0.85, beta2: 0.99, epsilon: -8, at: 0, guess: "" },

  controls(frame) {
    const { el, button } = frame;
    const step = (by) => frame.set({ at: Math.max(0, Math.min(40, frame.state.at + by)) });
    frame.parts = [
      live.choice(frame, "guess", frame.asked, { descent: "plain descent", adam: "Adam" }),
      live.slider(frame, "rate", "descent's rate", 0.002, 0.06, 0.002),
      live.slider(frame, "adam_rate", "Adam's rate", 0.05, 2, 0.05),
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
    const { svg, el, state } = frame;
    frame.parts.forEach((part) => part.show());
    const { rate, adam_rate, beta1, beta2, at } = state;
    const said = await frame.ask({ ask: "optimize", rate, adam_rate, beta1, beta2, epsilon: 10 ** state.epsilon });
    const width = Math.max(260, Math.min(560, frame.out.clientWidth)), height = width * 0.22, scale = width / 14;
    const X = (x) => width / 2 + scale * Math.max(-7, Math.min(7, x));
    const Y = (y) => height / 2 - scale * Math.max(-1.5, Math.min(1.5, y));
    const drawn = (name, way) => svg("svg", { class: "live-curve", viewBox: `0 0 ${width} ${height}`, role: "img",
      "aria-label": `${name} after ${at} steps: at ${live.figure(way[at][0])}, ${live.figure(way[at][1])}` },
      [1, 2, 3, 4, 5, 6].map((ring) => svg("ellipse", { class: "live-grid", cx: X(0), cy: Y(0), rx: scale * ring, ry: scale * ring / Math.sqrt(50) })),
      svg("path", { class: "live-way", d: way.slice(0, at + 1).map(([x, y], i) => `${i ? "L" : "M"}${X(x).toFixed(1)} ${Y(y).toFixed(1)}`).join("") }),
      way.slice(0, at + 1).map(([x, y], i) => svg("circle", { class: i === at ? "live-ball" : "live-dot", cx: X(x), cy: Y(y), r: i === at ? 5 : 2.5 })));
    frame.out.replaceChildren(
      el("p", {}, `Plain descent, height ${live.figure(said.descent[at][2])}`), drawn("Plain descent", said.descent),
      el("p", {}, `Adam, height ${live.figure(said.adam[at][2])}`), drawn("Adam", said.adam));
    frame.back.disabled = at === 0;
    frame.on.disabled = at === 40;
    const ahead = said.descent[at][2] < said.adam[at][2] ? "descent" : "adam";
    const called = { descent: "plain descent", adam: "Adam" };
    frame.say(`After ${at} steps descent is at a height of ${live.figure(said.descent[at][2])}, Adam at ${live.figure(said.adam[at][2])}.` +
      (at === 40 ? ` Ahead is ${called[ahead]}.${state.guess ? (state.guess === ahead ? " You said so." : ` You said ${called[state.guess]}.`) : ""}` : ""));
  },

  async showMe(frame) {
    await frame.set({ at: 0 });
    while (frame.state.at < 40 && frame.out.isConnected) {
      await live.rest(200);
      await frame.set({ at: frame.state.at + 1 });
    }
  },
});
