// Chapter 5's residual stream: what would come next if it ended after each half of the block.
live.widget("stream", {
  title: "Look into the stream",
  state: { name: "emm", guess: "" },

  controls(frame) {
    const { el } = frame;
    frame.parts = [
      live.choice(frame, "guess", frame.asked, { embedding: "the embedding", attention: "attention", MLP: "the MLP" }),
      live.word(frame, "name", "It has read", 15),
    ];
    return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element));
  },

  async show(frame) {
    const { el, state } = frame;
    frame.parts.forEach((part) => part.show());
    await frame.model();
    const { positions, letters } = await frame.ask({ ask: "read", text: state.name });
    const { stream, says } = positions.at(-1);
    const stages = ["embedding", "attention", "MLP"];
    const tops = says.map((shares) => live.likeliest({ letters, shares }, 5));
    const [final] = tops.at(-1);
    frame.out.replaceChildren(el("div", { class: "live-columns" },
      stages.map((stage, i) => live.bars(`After the ${stage}, it would say`, tops[i]))),
      el("table", { class: "live-table" }, el("caption", {}, "The stream itself, its 16 numbers"),
        stages.map((stage, i) => el("tr", {}, el("th", { scope: "row" }, stage), stream[i].map((x) => el("td", {}, x.toFixed(1).replace("-", "−")))))), live.note());
    const knew = stages[tops.findIndex(([[letter]]) => letter === final[0])];
    frame.say(`At the end it says ${final[0]}, with ${live.percent(final[1])}; so it would have since the ${knew}.` +
      (state.guess ? (state.guess === knew ? " You said so." : " You said otherwise.") : ""));
  },

  async showMe(frame) {
    for (const name of ["e", "em", "emm", "emma"]) {
      if (!frame.out.isConnected) return;
      await frame.set({ name });
      await live.rest(1500);
    }
  },
});
