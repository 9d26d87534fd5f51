// Chapter 4's heads: which letters a head listens to while it reads a name of the reader's own.
live.widget("heads", {
  title: "Type a name of your own",
  state: { name: "emma", at: 3, head: 1, guess: "" },

  controls(frame) {
    const { el } = frame;
    frame.parts = [
      live.choice(frame, "guess", frame.asked, { "0": "the start", "1": "the first letter", "last": "itself", "other": "another" }),
      live.word(frame, "name", "name", 15),
      live.slider(frame, "at", "position", 0, 4, 1),
      live.slider(frame, "head", "head", 1, 4, 1),
    ];
    return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element));
  },

  async show(frame) {
    const { el, state } = frame;
    await frame.model();
    const { positions } = await frame.ask({ ask: "read", text: state.name });
    const read = ["·", ...state.name];
    const at = Math.min(state.at, read.length - 1);
    frame.parts[2].element.querySelector("input").max = read.length - 1;
    frame.parts.forEach((part) => part.show());
    const head = positions[at].heads[state.head - 1];
    const label = (i) => `${i} ${read[i]}`;
    const cells = (values) => values.map((x) => el("td", {}, live.figure(x, 2)));
    frame.out.replaceChildren(
      live.bars(`Head ${state.head} at position ${at}, ${read[at]}, listens to`, head.shares.map((share, i) => [label(i), share])),
      el("table", { class: "live-table" }, el("caption", {}, "query · key / √d, and what softmax makes of it"),
        el("tr", {}, el("td"), head.scores.map((_, i) => el("th", { scope: "col" }, label(i)))),
        el("tr", {}, el("th", { scope: "row" }, "score"), cells(head.scores)),
        el("tr", {}, el("th", { scope: "row" }, "share"), cells(head.shares))),
      el("table", { class: "live-table" }, el("caption", {}, "The values, mixed in these shares"),
        el("tr", {}, el("th", { scope: "row" }, "mixed"), cells(head.mixed))), live.note());
    const best = head.shares.indexOf(Math.max(...head.shares));
    const is = best === at ? "last" : best > 1 ? "other" : String(best);
    frame.say(`Head ${state.head}, reading ${read[at]} at position ${at}, listens most to ${
      best === at ? "itself" : best ? `${read[best]} at position ${best}` : "the start"}: ${live.percent(head.shares[best])}.` +
      (state.guess ? (state.guess === is ? " You said so." : " You said otherwise.") : ""));
  },

  async showMe(frame) {
    await frame.set({ name: "emma", at: 3 });
    for (let head = 1; head <= 4 && frame.out.isConnected; ++head) {
      await frame.set({ head });
      await live.rest(1200);
    }
  },
});
