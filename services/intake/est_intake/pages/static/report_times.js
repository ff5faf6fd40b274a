// When something happened, in the words of the phone page. The same rules as in told_times.py.
"use strict";

const estTimes = (() => {
  const CLOCK = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Stockholm", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });

  // "2026-11-22T12:00", as the clock in Stockholm shows a moment.
  function shown(moment) {
    const part = Object.fromEntries(CLOCK.formatToParts(moment).map((each) => [each.type, each.value]));
    return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
  }

  // The moment at which the clock in Stockholm shows that, whatever clock this phone has.
  function meant(written) {
    const wanted = Date.parse(`${written}Z`);
    if (Number.isNaN(wanted)) return null;
    let moment = wanted;
    for (let look = 0; look < 2; look += 1) moment += wanted - Date.parse(`${shown(new Date(moment))}Z`);
    // In the night when an hour comes twice the first of them is meant.
    const hourBefore = new Date(moment - 3_600_000);
    return shown(hourBefore) === written ? hourBefore : new Date(moment);
  }

  function dayBefore(day) {
    const noon = new Date(`${day}T12:00:00Z`);
    noon.setUTCDate(noon.getUTCDate() - 1);
    return noon.toISOString().slice(0, 10);
  }

  // {from, until} of something that has happened; null when it cannot be told.
  function moments(when, {moment, until}, now = new Date()) {
    const today = shown(now).slice(0, 10);
    if (when === "just_now") return {from: now, until: null};
    if (when === "last_night") {
      const night = meant(`${today}T02:00`);
      return {from: night <= now ? night : meant(`${dayBefore(today)}T02:00`), until: null};
    }
    if (when === "yesterday_evening") return {from: meant(`${dayBefore(today)}T21:00`), until: null};
    if (when !== "chosen" || !moment) return null;
    return {from: meant(moment), until: until ? meant(until) : null};
  }

  // What is expected: from the beginning of the first day to the last minute of the last.
  function days(first, last) {
    if (!first) return null;
    return {from: meant(`${first}T00:00`), until: meant(`${last || first}T23:59`)};
  }

  return {shown, meant, moments, days};
})();
