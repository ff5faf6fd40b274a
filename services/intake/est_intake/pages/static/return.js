// The return for a period by keyboard: 1 to 5 choose, 0 takes away, and the next entry is in focus.
// How many entries are answered is counted while one goes through them.
"use strict";

(() => {
  const form = document.querySelector(".return-form");
  if (!form) return;
  const counter = form.querySelector("[data-answered]");

  const isAnswered = (entry) =>
    [...entry.querySelectorAll("input[type=radio]:checked")].some((radio) => radio.value) ||
    [...entry.querySelectorAll("textarea")].some((area) => area.value.trim());

  const count = () => {
    const answered = [...form.querySelectorAll("[data-entry]")].filter(isAnswered).length;
    const said = `${answered} ${counter.dataset.words} ${counter.dataset.of}`;
    if (counter.textContent !== said) counter.textContent = said;
  };

  const next = (radio) => {
    const fields = [...form.querySelectorAll(".scale-field")];
    const following = fields[fields.indexOf(radio.closest(".scale-field")) + 1];
    (following?.querySelector("input:checked") || following?.querySelector("input"))?.focus();
  };

  form.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!/^[0-5]$/.test(event.key)) return;
    const value = event.key === "0" ? "" : event.key;
    const radios = [...event.target.closest(".scale-field").querySelectorAll("input")];
    const wanted = radios.find((radio) => radio.value === value);
    if (!wanted) return;
    event.preventDefault();
    wanted.checked = true;
    count();
    next(wanted);
  });
  form.addEventListener("input", count);
})();
