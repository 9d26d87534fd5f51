// Chapter 7's temperature: the shares of what comes next, and twenty names, new or in the data.
live.widget("heat", (/** @returns {Widget} */ () => {
  async function invent(frame) {
    await frame.model();
    const { prompt, heat, likeliest } = frame.state;
    const { names, known } = await frame.ask({ ask: "names", count: 20, prompt, temperature: heat, top_k: likeliest, aside: 1 });
    const fresh = known.filter((one) => !one).length;
    frame.list.replaceChildren(...names.flatMap((name, i) => [
      frame.el("span", { class: known[i] ? "known" : "" }, name || "(nothing)"), i < 19 ? ", " : ""]));
    let told = `At ${frame.state.heat}, ${fresh} of 20 names are new; those in the data are underlined.`;
    if (frame.last && frame.last.heat !== frame.state.heat) {
      const hotter = frame.last.heat < frame.state.heat;
      const is = (fresh > frame.last.fresh) === hotter ? "more" : "fewer";
      told += ` At ${frame.last.heat} there were ${frame.last.fresh}.`;
      if (frame.state.guess && fresh !== frame.last.fresh) told += frame.state.guess === is ? " As you said." : " You said otherwise.";
    }
    frame.last = { heat: frame.state.heat, fresh };
    frame.say(told);
  }

  return {
    title: "Turn the heat yourself",
    state: { heat: 0.5, likeliest: 0, prompt: "ma", guess: "" },
    most: { likeliest: 1e6 },

    controls(frame) {
      const { el, button } = frame;
      frame.parts = [
        live.choice(frame, "guess", frame.asked, { more: "more", fewer: "fewer" }),
        live.word(frame, "prompt", "It has read", 15),
        live.slider(frame, "heat", "temperature", 0.1, 3, 0.1),
        live.slider(frame, "likeliest", "only so many of the likeliest letters (0: all)", 0, 26, 1),
      ];
      return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
        el("div", { class: "live-row" }, button("Invent twenty names", () => invent(frame).catch(frame.refuse))));
    },

    async show(frame) {
      const { el, state } = frame;
      frame.parts.forEach((part) => part.show());
      await frame.model();
      const next = await frame.ask({ ask: "next", prompt: state.prompt, temperature: state.heat, top_k: state.likeliest });
      const top = live.likeliest(next, 8).filter(([, share]) => share > 0);
      frame.list ??= el("p", { class: "live-list" });
      frame.out.replaceChildren(live.bars(`After ${state.prompt || "the start"}, at a temperature of ${state.heat}`, top), frame.list, live.note());
      frame.say(`The likeliest is ${top[0][0]}, with ${live.percent(top[0][1])}.`);
    },

    async showMe(frame) {
      for (const heat of [0.3, 1, 2]) {
        if (!frame.out.isConnected) return;
        await frame.set({ heat });
        await invent(frame).catch(frame.refuse);
        await live.rest(2500);
      }
    },
  };
})());
