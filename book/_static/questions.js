// Questions: the reader says a number or chooses, hears how far off that was, and the answer opens.
// Without this script the answer is folded below the question. What was said survives a reload.
"use strict";
{
  const kept = "microgpt-questions";

  function remembered() {
    try { return JSON.parse(localStorage.getItem(kept)) ?? {}; } catch { return {}; }
  }

  function remember(name, guess) {
    const all = { ...remembered(), [name]: guess };
    if (guess === undefined) delete all[name];
    try { localStorage.setItem(kept, JSON.stringify(all)); } catch { /* then until the page is left */ }
  }

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // ---- A number

  // What a reader may type: 4,192 or 4192, −0.5, 25 %, 1/27. NaN if it is none.
  function numberIn(text) {
    const plain = text.trim().replace(/−/g, "-").replace(/\s*%$/, "").replace(/\s/g, "");
    if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return Number(plain.replaceAll(",", ""));
    const [, above, below] = /^([-+]?[\d.,]+)\/([\d.,]+)$/.exec(plain) ?? [];
    if (above) return numberIn(above) / numberIn(below);
    return plain === "" ? NaN : Number(plain.replace(",", "."));
  }

  const short = (x) => String(Number(Math.abs(x).toPrecision(2)));

  // How far a guess is off, in words.
  function distance(guess, { truth, near, said, unit }) {
    const it = unit === "%" ? `${said} %` : [said, unit].filter(Boolean).join(" ");
    const off = guess - truth;
    if (Math.abs(off) <= 10 ** -(said.split(".")[1] ?? "").length / 2) return `Right: ${it}.`;
    if (Math.abs(off) <= Number(near)) return `Near enough. It is ${it}.`;
    const way = off > 0 ? "too high" : "too low";
    const ratio = off > 0 ? guess / truth : truth / guess;
    const far = ratio >= 2 && Number.isFinite(ratio) ? `${short(ratio)} times ${way}` : `${short(off)} ${way}`;
    return `Not so. It is ${it}: you were ${far}.`;
  }

  function askNumber(box, asked) {
    const input = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 10 });
    const field = make("label", { className: "question-field" }, "Your guess ", input, asked.unit ? ` ${asked.unit}` : "");
    return {
      field,
      said: () => input.value.trim(),
      problem: () =>
        input.value.trim() === "" ? "Type a number first: a wrong one teaches more than none."
        : Number.isNaN(numberIn(input.value)) ? "That is no number yet. It may be like 42, 0.5 or 1/3." : "",
      judge(text) {
        const guess = numberIn(text);
        const foreseen = [...box.querySelectorAll(".question-choice")]
          .find((choice) => Math.abs(guess - choice.dataset.guess) <= Math.abs(choice.dataset.guess) / 50);
        return [distance(guess, asked), foreseen?.querySelector(".question-why")];
      },
      set: (text) => { input.value = text; },
      lock: (locked) => { input.readOnly = locked; },
      focus: () => input.focus(),
    };
  }

  // ---- A choice

  function askChoice(box, { name }) {
    const choices = [...box.querySelectorAll(".question-choice")];
    const radios = choices.map((choice, i) => {
      const radio = make("input", { type: "radio", name, value: String(i) });
      const words = choice.firstElementChild;
      words.replaceWith(make("label", {}, radio, make("span", {}, ...words.childNodes)));
      return radio;
    });
    const chosen = () => radios.find((radio) => radio.checked);
    return {
      said: () => chosen()?.value ?? "",
      problem: () => (chosen() ? "" : "Choose one first: a wrong one teaches more than none."),
      judge(value) {
        const choice = choices[Number(value)];
        return ["right" in choice.dataset ? "Right." : "Not so.", choice.querySelector(".question-why")];
      },
      set: (value) => radios.forEach((radio) => { radio.checked = radio.value === value; }),
      lock(locked) {
        radios.forEach((radio) => { radio.disabled = locked; });
        choices.forEach((choice, i) => {
          choice.classList.toggle("question-truth", locked && "right" in choice.dataset);
          choice.classList.toggle("question-said", locked && radios[i].checked);
        });
      },
      focus: () => radios[0].focus(),
    };
  }

  // ---- Both

  function ask(box) {
    const asked = box.dataset;
    const answer = box.querySelector(".question-answer");
    const guess = "truth" in asked ? askNumber(box, asked) : askChoice(box, asked);
    const verdict = make("div", { className: "question-verdict" });
    verdict.setAttribute("role", "status");
    const button = make("button", { type: "submit", textContent: "That is my guess" });
    const again = make("button", { type: "button", textContent: "Ask me again", hidden: true });
    const form = make("form", { className: "question-form", noValidate: true });
    form.append(...box.querySelectorAll(".question-choice"), guess.field ?? "", button, again, verdict);
    form.setAttribute("aria-label", box.querySelector(".question-title").textContent);
    answer.before(form);

    const close = () => {
      verdict.textContent = "";
      guess.lock(false);
      button.hidden = false;
      again.hidden = answer.hidden = true;
    };
    const open = (said) => {
      const [words, reason] = guess.judge(said);
      verdict.replaceChildren(make("p", {}, make("strong", { textContent: words }), " ", ...inline(reason)));
      guess.lock(true);
      button.hidden = true;
      again.hidden = answer.hidden = false;
      answer.open = true;
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (button.hidden) return;
      const problem = guess.problem();
      if (problem) {
        verdict.textContent = problem;
        guess.focus();
      } else {
        remember(asked.name, guess.said());
        open(guess.said());
        again.focus(); // the button that was pressed is gone
      }
    });
    again.addEventListener("click", () => {
      remember(asked.name, undefined);
      guess.set("");
      close();
      guess.focus();
    });
    close();
    const before = remembered()[asked.name];
    if (typeof before === "string") {
      guess.set(before);
      if (!guess.problem()) open(before);
    }
  }

  // The words of a sentence that is kept aside, with their numbers and code.
  const inline = (reason) =>
    [...(reason?.children ?? [])].flatMap((paragraph) => [...paragraph.cloneNode(true).childNodes]);

  for (const box of document.querySelectorAll(".question")) ask(box);
}
