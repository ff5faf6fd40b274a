// Keeps the empty form of /report, an empty My reports, and their own files for when there is no net. Nothing else
// is ever kept: no other page, no answer about anybody. VERSION stands in front of this and changes with every file.
"use strict";

const KEPT = `est-report-${VERSION}`;
const FORM = "/report";
// My reports without the reports: what waits is drawn from the phone's own store.
const WAITING = "/my-reports/waiting";
const KEPT_FOR = {[FORM]: FORM, "/my-reports": WAITING, [WAITING]: WAITING};
const AREAS = "/report/areas.geojson";
const LEAVING = new Set(["/sign-out", "/seat/leave"]);
// Fetched only when somebody wants the map; from then on it is there without a net too.
const WHEN_USED = /^\/static\/intake\/(vendor\/leaflet-|report_map)/;
const ITS_FILES = /\s(?:src|href)="(\/static\/[^"]+\?v=[0-9a-f]+)"/g;
let leavings = 0;

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([fetchShell(FORM), fetchShell(WAITING)]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetEarlier().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (address.origin !== location.origin) return;
  if (event.request.method !== "GET") {
    // Whoever leaves the seat leaves no form behind.
    if (LEAVING.has(address.pathname)) event.waitUntil(forgetShells());
    return;
  }
  if (event.request.mode === "navigate") event.respondWith(page(event, address));
  else if (address.pathname === AREAS) event.respondWith(areas(event.request));
  else if (address.pathname.startsWith("/static/") && address.search.startsWith("?v=")) {
    event.respondWith(lastingFile(event.request, address));
  }
});

async function forgetEarlier() {
  const names = await caches.keys();
  const earlier = names.filter((name) => name.startsWith("est-report-") && name !== KEPT);
  await Promise.all(earlier.map((name) => caches.delete(name)));
}

async function forgetShells() {
  leavings += 1;
  const kept = await caches.open(KEPT);
  await Promise.all([kept.delete(FORM), kept.delete(WAITING), kept.delete(AREAS)]);
}

async function page(event, address) {
  const shell = KEPT_FOR[address.pathname];
  try {
    const answer = await fetch(event.request);
    if (address.pathname === FORM && !asksForMore(address)) event.waitUntil(keepShell(FORM, answer.clone()));
    // Whoever sits there now, in the language they read now; should the net go first, the earlier one stays.
    if (shell) event.waitUntil(fetchShell(WAITING).catch(() => undefined));
    return answer;
  } catch {
    const isKept = shell && !address.searchParams.has("practice");
    return (isKept && (await (await caches.open(KEPT)).match(shell))) || withoutNet();
  }
}

// The language is the reader's; anything else makes it another page than the empty form.
const asksForMore = (address) => [...address.searchParams.keys()].some((name) => name !== "language");

async function fetchShell(address) {
  const before = leavings;
  const answer = await fetch(address, {credentials: "same-origin"});
  // Left while it was on its way: then it is not kept.
  return before === leavings ? keepShell(address, answer) : undefined;
}

async function keepShell(address, answer) {
  if (answer.type === "opaqueredirect" || answer.redirected || [401, 403].includes(answer.status)) return forgetShells();
  if (answer.status !== 200) return undefined;
  const kept = await caches.open(KEPT);
  const text = await answer.clone().text();
  const files = [...text.matchAll(ITS_FILES)].map((found) => found[1]);
  for (const file of new Set(files)) if (!(await kept.match(file))) await kept.add(file);
  return kept.put(address, answer);
}

async function areas(request) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && !answer.redirected) await kept.put(AREAS, answer.clone());
    return answer;
  } catch {
    return (await kept.match(AREAS)) ?? Response.error();
  }
}

async function lastingFile(request, address) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.status === 200 && WHEN_USED.test(address.pathname)) await kept.put(request, answer.clone());
  return answer;
}

function withoutNet() {
  const words = "<!doctype html><html lang='sv'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
    + "<title>Inget nät – EST</title><h1>Inget nät</h1><p>Den här sidan behöver nät. Rapportera går ändå: "
    + "<a href='/report'>öppna formuläret</a>.</p><p lang='en'>No net: this page needs one. You can still report: "
    + "<a href='/report' hreflang='en'>open the form</a>.</p>";
  return new Response(words, {status: 503, headers: {"Content-Type": "text/html; charset=utf-8"}});
}
