// Chapter 7's temperature: the shares of what comes next, and twenty names, new or in the data.
live.widget("heat", {
  title: "Turn the heat yourself",
  state: { heat: 0.5, prompt: "ma", guess: "" },

  controls(frame) {
    const { el, button } = frame;
    frame.parts = [
      live.choice(frame, "guess", frame.asked, { more: "more", fewer: "fewer" }),
      live.word(frame, "prompt", "It has read", 15),
      live.slider(frame, "heat", "temperature", 0.1, 3, 0.1),
    ];
    return el("div", { class: "live-controls" }, frame.parts.map((part) => part.element),
      el("div", { class: "live-row" }, button("Invent twenty names", () => invent(frame).catch(frame.refuse))));

    async function invent(frame) {
      await frame.model();
      const draw = async (temperature) =>
        frame.ask({ ask: "names", count: 20, prompt: frame.state.prompt, temperature, aside: 1 });
      const { names, known } = await draw(frame.state.heat);
      const fresh = known.filter((one) => !one).length;
      frame.list.replaceChildren(...names.flatMap((name, i) => [
        el("span", { class: known[i] ? "known" : "" }, name || "(nothing)"), i < 19 ? ", " : ""]));
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
  },

  async show(frame) {
    const { el, state } = frame;
    frame.parts.forEach((part) => part.show());
    await frame.model();
    const next = await frame.ask({ ask: "next", prompt: state.prompt, temperature: state.heat });
    const top = live.likeliest(next, 8);
    frame.list ??= el("p", { class: "live-list" });
    frame.out.replaceChildren(live.bars(`After ${state.prompt || "the start"}, at a temperature of ${state.heat}`, top), frame.list, live.note());
    frame.say(`The likeliest is ${top[0][0]}, with ${live.percent(top[0][1])}.`);
  },

  async showMe(frame) {
    const press = () => frame.out.parentElement.querySelector(".live-row button").click();
    for (const heat of [0.3, 1, 2]) {
      if (!frame.out.isConnected) return;
      await frame.set({ heat });
      press();
      await live.rest(2500);
    }
  },
});
