// The phone page with JavaScript: what is sent is kept on the phone first, so that nothing is lost on the way.
"use strict";

(() => {
  const form = document.querySelector(".report-form");
  const {said, element, language} = estWaiting;
  const FIELDS = {happened_at: "when", happened_until: "until", point: "place-part", function: "checklist_entry"};
  // So long one waits with the form in hand; then the phone goes on alone.
  const PATIENCE = 8_000;
  const seatOf = () => `${form.dataset.municipality}/${form.dataset.function}`;
  const told = document.getElementById("told-here");
  const value = (name) => form.elements[name]?.value?.trim() ?? "";
  const chosenEntry = () => form.querySelector("[name=checklist_entry]:checked");

  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    // Only pages that came by https have the short way.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  // --- From the form to a report ---

  function missing(entry, times) {
    if (!entry) return [{field: "checklist_entry", text: said("chooseWhat")}];
    const isExpected = entry.dataset.tense === "expected";
    if (!times?.from) {
      return [isExpected ? {field: "first_day", text: said("chooseDay")} : {field: "moment", text: said("sayMoment")}];
    }
    if (times.until && times.until < times.from) {
      return [{field: isExpected ? "last_day" : "until", text: said("endBefore")}];
    }
    return [];
  }

  function timesOf(entry) {
    if (entry?.dataset.tense === "expected") return estTimes.days(value("first_day"), value("last_day"));
    return estTimes.moments(value("when"), {moment: value("moment"), until: value("until")});
  }

  function bodyOf(entry, times, {reportId, isOneOfSeveral}) {
    const isSomewhere = entry.dataset.scope === "place";
    const area = ["", "other"].includes(value("area")) ? value("other_area") : value("area");
    const point = value("longitude") && {longitude: Number(value("longitude")), latitude: Number(value("latitude"))};
    const body = {
      report_id: reportId,
      municipality: form.dataset.municipality,
      function: value("function") || form.dataset.function || null,
      checklist_entry: entry.value,
      happened_at: times.from.toISOString(),
      happened_until: times.until?.toISOString(),
      area,
      place: isSomewhere && value("place"),
      point: isSomewhere && point,
      severity: value("severity") && Number(value("severity")),
      text: value("text"),
      measures: value("measures"),
      sent_together: isOneOfSeveral && value("sent_together"),
    };
    return Object.fromEntries(Object.entries(body).filter(([, content]) => content));
  }

  function labelOf(entry, times) {
    const what = entry.parentElement.querySelector("[data-words]").textContent.replaceAll("\u00ad", "").replaceAll("\u200b", "");
    const at = {weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"};
    // What is expected is expected on a day.
    if (entry.dataset.tense === "expected") at.hour = at.minute = undefined;
    const when = times.from.toLocaleString(language === "en" ? "en-GB" : "sv-SE", {...at, timeZone: "Europe/Stockholm"});
    return `${what}, ${when}`;
  }

  // --- Sending ---

  function complain(errors) {
    const box = element("div", "", {class: "error-summary", role: "alert", tabindex: "-1"});
    const list = element("ul");
    for (const {field, text} of errors) {
      const line = element("li");
      line.append(element("a", text, {href: `#${field}`}));
      document.getElementById(field)?.closest("details")?.setAttribute("open", "");
      list.append(line);
    }
    hush();
    box.append(element("p", said("correctTitle"), {class: "notice-title"}), list);
    document.getElementById("refused").replaceChildren(box);
    box.focus();
  }

  // What was said of one that waits is said no longer when none does.
  function hush() {
    told.className = "visually-hidden";
    told.textContent = "";
  }

  async function hushWhenSent() {
    const wait = (await estQueue.all()).some((each) => ["waiting", "sending"].includes(each.state));
    if (!wait) hush();
  }

  async function send(addsAnother) {
    const entry = chosenEntry();
    const times = timesOf(entry);
    const errors = missing(entry, times);
    if (errors.length) return complain(errors);
    const isOneOfSeveral = addsAnother || value("is_one_of_several") === "yes";
    const reportId = (form.dataset.reportId ??= newId());
    // Should the page come to send the form itself after all, it is the same report.
    form.elements.report_id.value = reportId;
    const kept = {
      report_id: reportId, seat: seatOf(), seat_name: form.dataset.seat, added_at: Date.now(), tries: 0,
      state: "waiting", label: labelOf(entry, times),
      body: bodyOf(entry, times, {reportId, isOneOfSeveral}),
      fields: estDraft.written(form),
    };
    await estWaiting.leaveOut(reportId);
    await estQueue.put(kept);
    await Promise.race([estQueue.flush(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    return arrived(await estQueue.get(reportId), addsAnother);
  }

  async function arrived(entry, addsAnother) {
    if (entry?.state === "refused") {
      await estQueue.remove(entry.report_id);
      return complain(entry.reasons.map((each) => ({field: FIELDS[each.field] ?? (each.field || "checklist_entry"), text: each[language]})));
    }
    if (entry?.state === "sent") {
      await estQueue.remove(entry.report_id);
      return leave(addsAnother ? nextOne(entry.report_id) : `/report/${entry.report_id}/receipt`);
    }
    await estWaiting.leaveOut(null);
    return beginAgain(addsAnother);
  }

  function nextOne(reportId) {
    const kept = {together: value("sent_together"), sent: reportId, area: value("area"), other_area: value("other_area")};
    if (value("function")) kept.function = value("function");
    return `/report?${new URLSearchParams(kept)}`;
  }

  function leave(address) {
    delete form.dataset.reportId;
    form.reset();
    location.assign(address);
  }

  // It waits on the phone: the form is free for the next one.
  function beginAgain(addsAnother) {
    delete form.dataset.reportId;
    const together = value("sent_together");
    form.reset();
    form.elements.sent_together.value = addsAnother ? together : newId();
    form.elements.is_one_of_several.value = addsAnother ? "yes" : "";
    document.getElementById("refused").replaceChildren();
    document.dispatchEvent(new Event("est:cleared"));
    told.className = "notice";
    told.textContent = said("kept");
    window.scrollTo(0, 0);
  }

  // A refused one goes back into the form, with everything that was written.
  async function correct(entry) {
    form.reset();
    estDraft.fill(form, entry.fields);
    form.dataset.reportId = entry.report_id;
    await estQueue.remove(entry.report_id);
    complain(entry.reasons.map((each) => ({field: FIELDS[each.field] ?? (each.field || "checklist_entry"), text: each[language]})));
  }

  // Chosen on My reports, where there is no form to put it into.
  async function correctWhatWasChosen() {
    const chosen = location.hash.match(/^#correct-([0-9a-f-]{36})$/)?.[1];
    const entry = chosen && (await estQueue.get(chosen));
    if (entry?.state !== "refused" || !estQueue.isOurs(entry)) return;
    history.replaceState(null, "", location.pathname);
    await correct(entry);
  }

  async function onSubmit(event) {
    event.preventDefault();
    if (form.dataset.isBusy) return;
    form.dataset.isBusy = "yes";
    const pressed = event.submitter ?? form.querySelector(".send button");
    const before = pressed.textContent;
    pressed.textContent = said("inTransit");
    try {
      await send(pressed.value === "another");
    } catch {
      // The store has failed after all: then the page sends the form itself, as without JavaScript.
      HTMLFormElement.prototype.submit.call(form);
    } finally {
      delete form.dataset.isBusy;
      pressed.textContent = before;
    }
  }

  // --- Finding, and pointing out ---

  function searchEntries() {
    const part = document.querySelector(".search-entries");
    if (!part) return;
    part.hidden = false;
    const plain = (text) => text.toLowerCase().replaceAll("\u00ad", "").replaceAll("\u200b", "");
    part.querySelector("input").addEventListener("input", (event) => {
      const wanted = plain(event.target.value.trim());
      const choices = [...form.querySelectorAll(".choices-entries .choice")];
      for (const each of choices) each.hidden = !plain(each.textContent).includes(wanted) && !each.querySelector(":checked");
      for (const each of form.querySelectorAll(".entries-part")) {
        const fits = each.querySelector(".choice:not([hidden])");
        each.hidden = !fits;
        if (each.matches("details")) each.open = Boolean(wanted && fits) || Boolean(each.querySelector(":checked"));
      }
      const n = choices.filter((each) => !each.hidden).length;
      document.getElementById("search-found").textContent = wanted ? said("found", {n}) : "";
    });
  }

  function offerMap() {
    const part = document.getElementById("map-part");
    if (!part) return;
    part.hidden = false;
    document.getElementById("open-map").addEventListener("click", () => {
      if (window.estMap) return window.estMap.open();
      const script = element("script", "", {src: part.dataset.script});
      script.addEventListener("load", () => window.estMap.open());
      script.addEventListener("error", () => { document.getElementById("point-told").textContent = part.dataset.away; });
      return document.head.append(script);
    });
  }

  async function begin() {
    searchEntries();
    offerMap();
    if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js", {scope: "/"}).catch(() => {});
    if (!("indexedDB" in window) || !(await estQueue.works())) {
      told.className = "notice notice-warn";
      told.textContent = said("noStore");
      return;
    }
    if (!("practice" in form.dataset)) {
      form.addEventListener("submit", onSubmit);
      estDraft.begin(form, seatOf());
    }
    estQueue.onChange(hushWhenSent);
    await estWaiting.begin(correct);
    await correctWhatWasChosen();
  }

  begin();
})();
