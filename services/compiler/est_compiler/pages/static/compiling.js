// Says to the others where somebody writes, and shows where they write; warns before unsaved words are left.
// Everything works without this file: each text has its own form and its own button.
"use strict";

(() => {
  const desk = document.querySelector("[data-writing-address]");
  if (!desk) return;

  const ADDRESS = desk.dataset.writingAddress;
  const ASK_MILLISECONDS = 4000;
  const SAY_MILLISECONDS = 10000;
  const changed = new Set();
  let saidAt = 0;
  let saidPlace = "";
  let isSending = false;

  const say = async (place) => {
    saidAt = Date.now();
    saidPlace = place;
    try {
      await fetch(ADDRESS, { method: "POST", body: new URLSearchParams({ place }), keepalive: true });
    } catch {
      // Nobody is told just now; the words are safe all the same.
      saidAt = 0;
    }
  };

  const show = (told) => {
    for (const shown of desk.querySelectorAll("[data-writing]")) {
      const words = told[shown.dataset.writing] ?? "";
      if (shown.textContent !== words) shown.textContent = words;
    }
  };

  const sayAgain = () => {
    // Who thinks with the cursor in a text that they have begun is still writing it.
    const field = document.activeElement;
    if (changed.has(field) && Date.now() - saidAt > SAY_MILLISECONDS) say(field.dataset.place);
  };

  const ask = async () => {
    if (document.visibilityState === "hidden") return;
    sayAgain();
    try {
      const answer = await fetch(ADDRESS, { headers: { Accept: "application/json" } });
      if (answer.ok) show(await answer.json());
    } catch {
      // Asked again in a moment.
      show({});
    }
  };

  const written = (event) => {
    const field = event.target;
    if (!field.matches?.("textarea[data-place]")) return;
    if (event.type === "input") changed.add(field);
    const isNew = field.dataset.place !== saidPlace || Date.now() - saidAt > SAY_MILLISECONDS;
    if (isNew) say(field.dataset.place);
  };

  desk.addEventListener("focusin", written);
  desk.addEventListener("input", written);
  desk.addEventListener("focusout", (event) => {
    if (event.target.matches?.("textarea[data-place]") && saidPlace) say("");
  });
  desk.addEventListener("submit", () => { isSending = true; });
  window.addEventListener("beforeunload", (event) => {
    const isUnsaved = [...changed].some((field) => field.value !== field.defaultValue);
    if (isUnsaved && !isSending) event.preventDefault();
  });
  // Who opens a text goes on in it.
  desk.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".text-box-edit")) event.target.querySelector("textarea")?.focus();
  }, true);

  setInterval(ask, ASK_MILLISECONDS);
})();
