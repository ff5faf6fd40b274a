// The duty officer's page: says by this computer's own clock how long ago we heard from the service,
// and sets things right when the line is dead. The stream itself is htmx's (hx-sse).
"use strict";

(() => {
  const banner = document.querySelector("[data-contact]");
  const live = document.getElementById("live");
  const lines = document.getElementById("lines");
  const alerts = document.getElementById("alerts");
  if (!banner || !live) return;

  const words = banner.querySelector("[data-contact-words]");
  const said = banner.querySelector("[data-contact-said]");
  const limit = Number(banner.dataset.staleAfterSeconds);
  const title = document.title.replace(/^\(\d+\) /, "");
  let heardAt = Date.now();
  let triedAt = heardAt;
  let hasHeard = false;
  let connection = null;
  banner.hidden = false;

  const clock = (moment) => new Date(moment).toLocaleTimeString("sv-SE");
  const length = (seconds) => (seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`);

  const heard = () => {
    heardAt = Date.now();
    hasHeard = true;
    show();
  };

  const say = (state, text) => {
    words.textContent = text;
    if (banner.dataset.state === state) return;
    banner.dataset.state = state;
    // Read aloud when it turns, not every second.
    said.textContent = state === "stale" ? "Ingen kontakt. Det du ser kan vara gammalt." : "Kontakten är tillbaka.";
  };

  const show = () => {
    const quiet = Math.max(0, Math.floor((Date.now() - heardAt) / 1000));
    if (quiet > limit) {
      say("stale", `Ingen kontakt sedan ${clock(heardAt)} (${length(quiet)}). Det du ser kan vara gammalt.`);
      tryAgain();
    } else if (hasHeard) {
      say("fresh", `Senaste kontakt ${length(quiet)} sedan`);
    } else {
      words.textContent = "Ansluter …";
    }
  };

  // A line that is dead without saying so (a phone that slept, a network that changed) is never closed:
  // cut it, and hx-sse comes back from where it was. If there is no line at all, ask for one.
  const tryAgain = () => {
    if (Date.now() - triedAt < 5000) return;
    triedAt = Date.now();
    if (connection) connection.reader?.cancel();
    else live.dispatchEvent(new CustomEvent("contact-lost"));
  };

  const showCount = () => {
    const calling = alerts.querySelectorAll(".alert-card-urgent").length;
    document.title = calling ? `(${calling}) ${title}` : title;
  };

  live.addEventListener("htmx:sse:after:connection", (event) => {
    connection = event.detail.connection;
    heard();
  });
  live.addEventListener("htmx:sse:close", () => {
    connection = null;
  });
  live.addEventListener("htmx:sse:before:message", heard);
  live.addEventListener("htmx:sse:after:message", () => {
    document.querySelector("[data-nothing-yet]")?.remove();
    while (lines.children.length > Number(lines.dataset.mostLines)) lines.lastElementChild.remove();
  });
  new MutationObserver(showCount).observe(alerts, { childList: true });
  document.addEventListener("visibilitychange", show);
  setInterval(show, 1000);
  showCount();
  show();
})();
