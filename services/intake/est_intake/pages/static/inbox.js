// The inbox by keyboard, without leaving the page, and with news of what comes in.
// Everything here is also a button or a link that works without it.
"use strict";

(() => {
  document.documentElement.classList.add("has-js");
  const NEWS_EVERY_MS = 4000;
  const LOST_AFTER_MS = 20000;
  const list = () => document.getElementById("inbox-list");
  const rows = () => [...list().querySelectorAll(".inbox-row")];
  const keysOn = document.getElementById("keys-on");
  let selected = null;

  // Which row is meant: by its ID, since rows come and go.
  const current = () => (selected ? document.getElementById(selected) : null);

  function select(row) {
    if (!row) return;
    rows().forEach((each) => each.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    selected = row.id;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(current());
    select(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  function open(name) {
    const details = current()?.querySelector(`details[data-opens="${name}"]`);
    if (!details) return;
    details.open = true;
    details.querySelector("select, input:not([type=hidden]), button").focus();
  }

  function press(selector, within) {
    within?.querySelector(selector)?.requestSubmit();
  }

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    g: () => press('form[data-act="looked-at"]', current()),
    o: () => open("area"),
    d: () => open("duplicate"),
    r: () => open("erasure"),
    z: () => press('form[data-act="undo"]', list()),
    Enter: () => current()?.querySelector("a[data-open]")?.click(),
    Escape: () => select(current()),
  };

  function isWriting(target) {
    return target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    if (event.key === "Escape" && event.target.closest(".judging")) {
      event.target.closest("details").open = false;
      KEYS.Escape();
      return;
    }
    if (!keysOn.checked || isWriting(event.target)) return;
    if (event.key === "Enter" && event.target !== current()) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // An act is posted as the form says; the answer is the page, of which the list is taken.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("#inbox-list form")) return;
    event.preventDefault();
    const at = Math.max(rows().indexOf(current()), 0);
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text(), at, form);
    } catch {
      form.submit();
    }
  });

  function show(page, at, sent) {
    const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("inbox-list");
    if (!fresh) return;
    const begun = begunBeside(sent);
    list().replaceWith(fresh);
    select(current() ?? rows()[Math.min(at, rows().length - 1)]);
    if (begun) goOnWith(begun);
  }

  // Who is quicker than the answer has begun the next judgement, which is not to be lost with the old list.
  function begunBeside(sent) {
    const details = list().querySelector("details[open]:focus-within");
    if (!details || details.contains(sent)) return null;
    return { opens: details.dataset.opens, row: details.closest(".inbox-row").id, value: document.activeElement.value };
  }

  function goOnWith({ opens, row, value }) {
    select(document.getElementById(row));
    open(opens);
    if (document.activeElement.matches("select")) document.activeElement.value = value;
  }

  keysOn.checked = localStorage.getItem("est-inbox-keys") !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem("est-inbox-keys", keysOn.checked ? "on" : "off");
  });

  // News: asked for by position, so nothing is missed while the line is down.
  const bar = document.getElementById("news");
  let heardAt = Date.now();

  function tell(found) {
    const words = found === 1 ? bar.dataset.one : `${found} ${bar.dataset.several}`;
    bar.querySelector("a").textContent = words;
    bar.hidden = found === 0;
  }

  async function ask() {
    try {
      const answer = await fetch(`/inbox/news?after=${bar.dataset.after}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      heardAt = Date.now();
      tell((await answer.json()).new);
    } catch {
      if (Date.now() - heardAt > LOST_AFTER_MS) {
        bar.querySelector("a").textContent = bar.dataset.lost;
        bar.hidden = false;
      }
    }
  }

  setInterval(ask, NEWS_EVERY_MS);
})();
