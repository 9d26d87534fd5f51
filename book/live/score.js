// Chapter 2's four scores: what softmax makes of them, and how each ought to be pushed.
live.widget("score", (() => {
  const letters = ["m", "n", "r", "t"];
  return {
    title: "Push the scores yourself",
    state: { m: 0, n: 3, r: 1, t: 1, came: "r", guess: "" },

    controls(frame) {
      const { el, button } = frame;
      const same = Object.fromEntries(letters.map((letter) => [letter, letter]));
      frame.parts = [
        live.choice(frame, "guess", frame.asked, same),
        ...letters.map((letter) => live.slider(frame, letter, letter, -4, 6, 0.25)),
        live.choice(frame, "came", "What came", same),
      ];
      frame.push = button("Push each against its slope", () => push(frame));
      return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
        el("div", { class: "live-row" }, frame.push));
    },

    async show(frame) {
      const { el, state } = frame;
      frame.parts.forEach((part) => part.show());
      const came = Math.max(0, letters.indexOf(state.came));
      const { shares, surprise, slopes } = await frame.ask({ ask: "score", scores: letters.map((letter) => state[letter]), came });
      const cells = (values, digits) => values.map((x) => el("td", {}, live.figure(x, digits)));
      frame.slopes = slopes;
      frame.out.replaceChildren(
        live.bars("The shares", letters.map((letter, i) => [letter, shares[i]]), (i) => i === came),
        el("table", { class: "live-table" }, el("caption", {}, "The slope of the surprise along each score: share less came"),
          el("tr", {}, el("td"), letters.map((letter) => el("th", { scope: "col" }, letter))),
          el("tr", {}, el("th", { scope: "row" }, "share"), cells(shares)),
          el("tr", {}, el("th", { scope: "row" }, "came"), cells(letters.map((_, i) => +(i === came)))),
          el("tr", {}, el("th", { scope: "row" }, "slope"), cells(slopes))));
      const most = slopes.reduce((best, slope, i) => (Math.abs(slope) > Math.abs(slopes[best]) ? i : best), 0);
      const way = slopes[most] < 0 ? "up" : "down";
      frame.say(`The ${letters[came]} came, with a share of ${live.percent(shares[came])}: a surprise of ${surprise.toFixed(2)}. ` +
        `Pushed hardest is ${letters[most]}, ${way}, with a slope of ${live.figure(slopes[most])}.` +
        (state.guess ? (state.guess === letters[most] ? " You said so." : ` You said ${state.guess}.`) : ""));
    },

    async showMe(frame) {
      await frame.set({ m: 0, n: 3, r: 1, t: 1, came: "r" });
      for (let i = 0; i < 6 && frame.out.isConnected; ++i) {
        await live.rest(700);
        await push(frame);
      }
    },
  };

  function push(frame) {
    const { state, slopes } = frame;
    return frame.set(Object.fromEntries(letters.map((letter, i) => [letter, +(state[letter] - slopes[i]).toFixed(4)])));
  }
})());
