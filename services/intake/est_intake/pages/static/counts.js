// Rows copied in a spreadsheet and pasted anywhere in the table of counts are put into the table.
"use strict";

(() => {
  const form = document.querySelector(".counts-form");
  if (!form) return;
  const pasted = form.querySelector("#pasted");
  const put = form.querySelector('button[value="paste"]');

  form.querySelector(".counts-table").addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!text.includes("\t")) return;
    event.preventDefault();
    pasted.value = text;
    put.click();
  });
})();
