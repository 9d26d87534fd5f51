// Chapter 4's heads: which letters a head listens to while it reads a name of the reader's own.
live.widget("heads", {
  title: "Type a name of your own",
  state: { name: "emma", at: 3, head: 1, came: "", guess: "" },
  most: { at: 15, head: 16 },

  controls(frame) {
    const { el } = frame;
    frame.parts = [
      live.choice(frame, "guess", frame.asked, { "0": "the start", "1": "the first letter", "last": "itself", "other": "another" }),
      live.word(frame, "name", "name", 15),
      live.slider(frame, "at", "position", 0, 4, 1),
      live.slider(frame, "head", "head", 1, 4, 1),
      live.word(frame, "came", "and then comes (nothing: the end)", 1),
    ];
    return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element));
  },

  async show(frame) {
    const { el, state } = frame;
    await frame.model();
    const { positions, surprise, sent_back: back } = await frame.ask({ ask: "read", text: state.name, came: state.came });
    const read = ["·", ...state.name];
    const at = Math.min(state.at, read.length - 1);
    const { heads } = positions[at];
    frame.parts[2].limit?.(read.length - 1);
    frame.parts[3].limit?.(heads.length);
    frame.parts.forEach((part) => part.show());
    const at_head = Math.max(1, Math.min(state.head, heads.length)) - 1;
    const head = heads[at_head];
    const label = (i) => `${i} ${read[i]}`;
    const cell = (x) => el("td", {}, x === undefined ? "–" : live.figure(x, 2));
    const columns = [head.scores, head.shares, back.keys[at_head], back.values[at_head], back.x];
    frame.out.replaceChildren(
      live.bars(`Head ${at_head + 1} at position ${at}, ${read[at]}, listens to`, head.shares.map((share, i) => [label(i), share])),
      el("p", {}, `The values, mixed in these shares: ${head.mixed.map((x) => live.figure(x, 2)).join(", ")}`),
      el("table", { class: "live-table" },
        el("caption", {}, `Query · key / √d, its share; and, once ${state.came || "the end"} came after the last letter, a surprise of ` +
          `${surprise.toFixed(2)}, how long a gradient that sends back to each key, value and x`),
        el("tr", {}, el("td"), ["score", "share", "key", "value", "x"].map((name) => el("th", { scope: "col" }, name))),
        read.map((_, i) => el("tr", {}, el("th", { scope: "row" }, label(i)), columns.map((column) => cell(column[i]))))),
      live.note());
    const best = head.shares.indexOf(Math.max(...head.shares));
    const is = best === at ? "last" : best > 1 ? "other" : String(best);
    frame.say(`Head ${at_head + 1}, reading ${read[at]} at position ${at}, listens most to ${
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
