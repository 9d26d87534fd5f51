// Chapter 1's tape, walked back over one record at a time, and with its two mistakes.
live.widget("walk", {
  title: "Walk back yourself",
  state: { a: 2, b: -3, at: 0, mistake: "none", guess: "" },
  most: { at: 4 },

  controls(frame) {
    const { el, button } = frame;
    const step = (by) => frame.set({ at: Math.max(0, Math.min(4, frame.state.at + by)) });
    frame.parts = [
      live.choice(frame, "guess", frame.asked,
        { "a": "a", "b": "b", "p": "a·b", "ap": "a and a·b" }),
      live.slider(frame, "a", "a", -5, 5, 0.5),
      live.slider(frame, "b", "b", -5, 5, 0.5),
      live.choice(frame, "mistake", "The loop",
        { none: "as it is", overwrite: "keeps the last slope (= for +=)", forwards: "begins at the wrong end" }),
    ];
    frame.back = button("◂ One record back", () => step(-1));
    frame.on = button("One record on ▸", () => step(1));
    return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
      el("div", { class: "live-row" }, frame.back, frame.on));
  },

  async show(frame) {
    const { el, state } = frame;
    frame.parts.forEach((part) => part.show());
    const mistake = state.mistake === "none" ? "" : state.mistake;
    const { records, gradients } = await frame.ask({ ask: "walk", a: state.a, b: state.b, mistake });
    const names = ["a", "b", "a·b", "c"];
    const order = mistake === "forwards" ? [0, 1, 2, 3] : [3, 2, 1, 0];
    const now = gradients[state.at], before = gradients[Math.max(0, state.at - 1)];
    const met = state.at ? order[state.at - 1] : -1;
    const figure = (x) => live.figure(x, 6);
    const row = (title, cells) => el("tr", {}, el("th", { scope: "row" }, title), cells);
    frame.out.replaceChildren(el("table", { class: "live-table" },
      el("caption", {}, "The tape of c = a·b + a"),
      el("tr", {}, el("td"), names.map((name, i) => el("th", { scope: "col", class: i === met ? "met" : "" }, name))),
      row("number", records.map(({ data }) => el("td", {}, figure(data)))),
      row("made of", records.map(({ operands }) => el("td", {}, operands.map((i) => names[i]).join(", ") || "–"))),
      row("slopes", records.map(({ slopes }) => el("td", {}, slopes.map(figure).join(", ") || "–"))),
      row("gradient", now.map((x, i) => el("td", { class: x !== before[i] ? "new" : "" }, figure(x))))));
    frame.back.disabled = state.at === 0;
    frame.on.disabled = state.at === 4;
    const told = () => {
      if (!state.at) return "The walk begins: c has gradient 1.";
      const changed = names.filter((_, i) => now[i] !== before[i]).map((name) => `${name} has ${figure(now[names.indexOf(name)])}`);
      const passed = `Record ${state.at} of 4, ${names[met]}, `;
      if (!records[met].operands.length) return `${passed}is a leaf: it passes nothing on.`;
      return passed + (changed.length ? `has passed its gradient on: ${changed.join(", ")}.` : "had nothing to pass on.");
    };
    const guessed = state.guess && state.at && !mistake
      ? ` First to hear were a and a·b, of which c is made: you said ${state.guess === "ap" ? "so" : "otherwise"}.` : "";
    let wrong = "";
    if (mistake && state.at === 4) {
      const right = (await frame.ask({ ask: "walk", a: state.a, b: state.b })).gradients[4];
      wrong = ` In truth a has ${figure(right[0])} and b ${figure(right[1])}.`;
    }
    frame.say(told() + guessed + wrong);
  },

  async showMe(frame) {
    await frame.set({ at: 0 });
    while (frame.state.at < 4 && frame.out.isConnected) {
      await live.rest(900);
      await frame.set({ at: frame.state.at + 1 });
    }
  },
});
