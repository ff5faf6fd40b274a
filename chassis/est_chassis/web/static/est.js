// What every page needs beyond htmx: a button that prints, and paper that shows what is folded.
"use strict";

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// On paper nobody can unfold: tables that are folded on the screen stand open while it is printed.
const FOLDED = "details.folded:not([open]), details.section-table:not([open])";
let unfolded = [];

window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll(FOLDED)];
  for (const each of unfolded) each.open = true;
});

window.addEventListener("afterprint", () => {
  for (const each of unfolded) each.open = false;
  unfolded = [];
});
