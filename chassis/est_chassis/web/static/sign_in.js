// Finds a seat among many: what does not match is hidden, and groups with a match open.
// Without this script the groups are opened by hand.
"use strict";

(() => {
  const filter = document.querySelector("[data-seat-filter]");
  if (!filter) return;
  const field = filter.querySelector("input");
  const told = filter.querySelector("[data-seats-found]");
  const groups = [...document.querySelectorAll(".seat-group")];

  const find = () => {
    const sought = field.value.trim().toLocaleLowerCase().split(/\s+/);
    let found = 0;
    for (const group of groups) {
      const name = group.querySelector("summary").textContent.toLocaleLowerCase();
      let here = 0;
      for (const seat of group.querySelectorAll("li")) {
        const text = `${name} ${seat.textContent.toLocaleLowerCase()}`;
        seat.hidden = !sought.every((word) => text.includes(word));
        here += seat.hidden ? 0 : 1;
      }
      group.hidden = here === 0;
      group.open = field.value.trim() !== "" && here > 0;
      found += here;
    }
    told.textContent = field.value.trim() ? told.dataset.saysFound.replace("{n}", found) : "";
  };

  filter.hidden = false;
  field.addEventListener("input", find);
  // Enter in the field must not take the first seat.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  find();
})();
