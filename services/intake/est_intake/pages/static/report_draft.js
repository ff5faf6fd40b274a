// What is being written outlives a reload, and a tab that the phone has put away; it goes with the tab.
"use strict";

const estDraft = (() => {
  const KEPT = "est-report-draft";
  // What the server or the page makes anew for each report.
  const NOT_WRITTEN = new Set(["report_id", "sent_together", "is_one_of_several", "practice", "opened_at", "function"]);

  const written = (form) =>
    [...new FormData(form)].filter(([name, text]) => typeof text === "string" && !NOT_WRITTEN.has(name));

  function fill(form, fields) {
    for (const [name, text] of fields.filter(([each]) => !NOT_WRITTEN.has(each))) {
      const field = form.elements[name];
      if (field instanceof RadioNodeList) {
        for (const each of field) if (each.value === text) each.checked = true;
      } else if (field) {
        field.value = text;
        // Whoever watches the field, the guard for one, looks again.
        field.dispatchEvent(new Event("input", {bubbles: true}));
      }
    }
    for (const filled of form.querySelectorAll("details :checked, details textarea")) {
      if (filled.checked || filled.value?.trim()) filled.closest("details").open = true;
    }
  }

  // A tab that may keep nothing works all the same.
  function inTab(act) {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  }

  function begin(form, seat) {
    const kept = JSON.parse(inTab((tab) => tab.getItem(KEPT)) ?? "null");
    if (kept?.seat === seat) fill(form, kept.fields);
    const keep = () => inTab((tab) => tab.setItem(KEPT, JSON.stringify({seat, fields: written(form)})));
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("reset", () => inTab((tab) => tab.removeItem(KEPT)));
  }

  return {begin, fill, written};
})();
