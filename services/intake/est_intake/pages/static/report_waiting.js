// Shows what waits on this phone: in which state each report is, and what can be done about it.
"use strict";

const estWaiting = (() => {
  const section = document.getElementById("waiting");
  // What the list says stands with it; a form has words of its own besides.
  const words = {...section.dataset, ...document.getElementById("words")?.dataset};
  const language = document.documentElement.lang === "en" ? "en" : "sv";
  let correct = () => {};
  let inTheForm = null;

  const said = (name, values = {}) =>
    Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[name] ?? "");

  function stateOf(entry) {
    if (entry.state === "sent") return said("sent", {number: numberOf(entry)});
    if (entry.state === "refused") return said("refused");
    if (!estQueue.isOurs(entry)) return said("otherSeat", {seat: entry.seat_name});
    if (entry.state === "sending") return said("sending");
    return said({locked: "locked", busy: "busy"}[entry.why] ?? "waiting");
  }

  function numberOf(entry) {
    if (!entry.number) return entry.period ?? "";
    const number = entry.number.number ? ` ${language === "en" ? "no." : "nr"} ${entry.number.number}` : "";
    return `${entry.number[`period_${language}`]}${number}`;
  }

  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function button(text, act) {
    const made = element("button", text, {type: "button", class: "button-link"});
    made.addEventListener("click", act);
    return made;
  }

  // Twice, for a thumb in a glove slips: what is removed is gone.
  function removeButton(entry) {
    const made = button(said("remove"), () => {
      if (entry.state === "sent" || made.dataset.sure) estQueue.remove(entry.report_id);
      made.dataset.sure = "yes";
      made.textContent = said("removeSure");
    });
    return made;
  }

  function shown(entry) {
    const line = element("li", "", {class: `waiting-one waiting-${entry.state}`, "data-report": entry.report_id});
    line.append(element("p", entry.label, {class: "waiting-label"}), element("p", stateOf(entry), {class: "waiting-state"}));
    if (entry.state === "refused") {
      const reasons = element("ul");
      reasons.append(...entry.reasons.map((each) => element("li", each[language])));
      line.append(reasons);
    }
    const row = element("p", "", {class: "waiting-acts"});
    if (entry.state === "sent") {
      row.append(element("a", said("receipt"), {href: `/report/${entry.report_id}/receipt`}));
    }
    if (entry.state === "refused" && estQueue.isOurs(entry)) row.append(button(said("correct"), () => correct(entry)));
    if (entry.state === "waiting" && estQueue.isOurs(entry)) row.append(button(said("retry"), () => estQueue.flush()));
    if (entry.state !== "sending") row.append(removeButton(entry));
    line.append(row);
    return line;
  }

  // Drawn from what is kept, never from what this tab believes.
  async function draw() {
    const entries = (await estQueue.all()).filter((entry) => entry.report_id !== inTheForm);
    section.hidden = entries.length === 0;
    section.querySelector("ul").replaceChildren(...entries.map(shown));
  }

  // Whose seat it is comes first: it decides what can be done about each.
  function begin(onCorrect) {
    correct = onCorrect;
    estQueue.onChange(draw);
    estQueue.begin(section.dataset.seat);
    return draw();
  }

  // What is just being sent stands in the form, and not here as well.
  function leaveOut(reportId) {
    inTheForm = reportId;
    return draw();
  }

  return {begin, leaveOut, said, element, language};
})();
