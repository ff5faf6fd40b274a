// What pages need beyond htmx: says when a live page has gone quiet, and prints.
"use strict";

(() => {
  // In steps, so that a screen reader is not told every second.
  const sinceWords = (seconds) =>
    seconds < 120 ? `${Math.floor(seconds / 15) * 15} sekunder` : `${Math.floor(seconds / 60)} minuter`;

  const clockWords = (moment) => moment.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });

  // By this computer's clock: a server that is away cannot say that it is.
  class Staleness {
    constructor(banner) {
      this.banner = banner;
      this.words = banner.querySelector("p");
      this.limit = Number(banner.dataset.staleAfterSeconds);
      this.heardAt = null;
      this.beganAt = Date.now();
      for (const kind of ["htmx:sse:after:connection", "htmx:sse:before:message"]) {
        document.addEventListener(kind, () => this.heard());
      }
      setInterval(() => this.show(), 1000);
      // A tab that slept must not look fresh for a second when it wakes.
      document.addEventListener("visibilitychange", () => this.show());
    }

    heard() {
      this.heardAt = Date.now();
      this.show();
    }

    show() {
      const quiet = Math.floor((Date.now() - (this.heardAt ?? this.beganAt)) / 1000);
      if (quiet >= this.limit) {
        this.say("stale", `Ingen kontakt på ${sinceWords(quiet)}. Det du ser kan vara gammalt.`);
      } else if (this.heardAt) {
        this.say("fresh", `Ansluten. Senast hört ${clockWords(new Date(this.heardAt))}.`);
      } else {
        this.say("waiting", "Ansluter …");
      }
    }

    say(state, text) {
      // Only what changes is written, so that a screen reader is not told the same again.
      if (this.words.textContent !== text) this.words.textContent = text;
      if (this.banner.dataset.state !== state) {
        this.banner.dataset.state = state;
        this.banner.setAttribute("role", state === "stale" ? "alert" : "status");
        document.dispatchEvent(new CustomEvent("est:staleness", { detail: { state } }));
      }
    }
  }

  const begin = () => {
    document.querySelectorAll("[data-stale-after-seconds]").forEach((banner) => new Staleness(banner).show());
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-print]")) window.print();
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
