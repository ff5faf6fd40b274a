// The duty officer's page: says by this computer's own clock how long ago we heard from the service,
// and sets things right when the line is dead. The stream itself is htmx's (hx-sse).
// Loaded before htmx, so that not even the first sign of life is missed.
"use strict";

(() => {
  const TRY_EVERY_MS = 5000;
  let page = null;
  let connection = null;
  let hasHeard = false;
  let heardAt = Date.now();
  let triedAt = heardAt;

  // Swedish time, as on the rest of the page, wherever the reader is.
  const clock = (moment) => {
    const written = new Date(moment).toLocaleTimeString("sv-SE", {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Europe/Stockholm",
    });
    return document.documentElement.lang === "sv" ? written.replace(":", ".") : written;
  };
  const length = (seconds) => (seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`);

  // The sentences stand on the page, in its language: "Last contact {ago} ago".
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const heard = () => {
    heardAt = Date.now();
    hasHeard = true;
    show();
  };

  const show = () => {
    if (!page) return;
    const quiet = Math.max(0, Math.floor((Date.now() - heardAt) / 1000));
    if (quiet > page.limit) {
      say("stale", filled(page.says.saysStale, { since: clock(heardAt), ago: length(quiet) }));
      tryAgain();
    } else if (hasHeard) {
      say("live", filled(page.says.saysLive, { ago: length(quiet) }));
    }
  };

  const say = (state, text) => {
    page.words.textContent = text;
    if (page.banner.dataset.state === state) return;
    // Read aloud when it turns, not every second.
    const wasStale = page.banner.dataset.state === "stale";
    page.banner.dataset.state = state;
    if (state === "stale") page.said.textContent = page.says.saysLost;
    else if (wasStale) page.said.textContent = page.says.saysBack;
  };

  // A line that is dead without saying so (a phone that slept, a network that changed) is never closed:
  // cut it, and hx-sse comes back from where it was. If there is no line at all, ask for one.
  const tryAgain = () => {
    if (Date.now() - triedAt < TRY_EVERY_MS) return;
    triedAt = Date.now();
    if (connection) connection.reader?.cancel();
    else page.live.dispatchEvent(new CustomEvent("contact-lost"));
  };

  const showCount = () => {
    const calling = page.alerts.querySelectorAll(".alert-card-urgent").length;
    document.title = calling ? `(${calling}) ${page.title}` : page.title;
  };

  const trim = () => {
    // A sign of life is a message as well, and no line.
    if (page.lines.children.length) document.querySelector("[data-nothing-yet]")?.remove();
    while (page.lines.children.length > Number(page.lines.dataset.mostLines)) page.lines.lastElementChild.remove();
  };

  const begin = () => {
    const banner = document.querySelector("[data-contact]");
    page = {
      banner,
      says: banner.dataset,
      words: banner.querySelector("[data-contact-words]"),
      said: document.querySelector("[data-contact-said]"),
      limit: Number(banner.dataset.quietLimitSeconds),
      live: document.getElementById("live"),
      lines: document.getElementById("lines"),
      alerts: document.getElementById("alerts"),
      title: document.title.replace(/^\(\d+\) /, ""),
    };
    banner.parentElement.hidden = false;
    new MutationObserver(showCount).observe(page.alerts, { childList: true });
    setInterval(show, 1000);
    showCount();
    show();
  };

  document.addEventListener("htmx:sse:after:connection", (event) => {
    connection = event.detail.connection;
    heard();
  });
  document.addEventListener("htmx:sse:before:message", heard);
  document.addEventListener("htmx:sse:after:message", trim);
  document.addEventListener("htmx:sse:close", () => {
    connection = null;
  });
  // A tab that slept must not look fresh for a second when it wakes.
  document.addEventListener("visibilitychange", show);
  document.addEventListener("DOMContentLoaded", begin);
})();
