// Reports that wait on this phone: kept in IndexedDB, sent once when there is a net.
"use strict";

const estQueue = (() => {
  const STORE = "reports";
  const PATIENCE = 20_000;
  const FIRST_PAUSE = 3_000;
  const LONGEST_PAUSE = 300_000;
  const SENT_IS_SHOWN_FOR = 24 * 3_600_000;

  let opened = null;
  let seat = null;
  let pause = FIRST_PAUSE;
  let timer = null;
  let running = null;
  let again = false;
  const listeners = new Set();
  const others = "BroadcastChannel" in window ? new BroadcastChannel("est-reports") : null;

  // --- What is kept ---

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open("est", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, {keyPath: "report_id"});
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        asked.result.onclose = () => { opened = null; };
        asked.result.onversionchange = () => { asked.result.close(); opened = null; };
        resolve(asked.result);
      };
    }).catch((trouble) => { opened = null; throw trouble; });
    return opened;
  }

  async function once(mode, act) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, {durability: "strict"});
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  // Some phones close a store that has lain still: it is opened again, once.
  async function inStore(mode, act) {
    try {
      return await once(mode, act);
    } catch {
      opened = null;
      return once(mode, act);
    }
  }

  const all = async () =>
    (await inStore("readonly", (store) => store.getAll())).sort((a, b) => a.added_at - b.added_at);
  const get = (reportId) => inStore("readonly", (store) => store.get(reportId));

  async function put(entry) {
    await inStore("readwrite", (store) => store.put(entry));
    tell();
  }

  async function remove(reportId) {
    await inStore("readwrite", (store) => store.delete(reportId));
    tell();
  }

  async function works() {
    try {
      await all();
      return true;
    } catch {
      return false;
    }
  }

  function tell() {
    others?.postMessage("changed");
    for (const listener of listeners) listener();
  }

  // --- What is sent ---

  // One tab at a time; another waits its turn and finds what is left.
  function flush() {
    if (running) {
      again = true;
      return running;
    }
    const alone = navigator.locks ? (act) => navigator.locks.request("est-reports", act) : (act) => act();
    const round = async () => {
      do {
        again = false;
        clearTimeout(timer);
        await alone(sendAll);
      } while (again);
    };
    running = round().finally(() => { running = null; });
    return running;
  }

  async function sendAll() {
    const tried = new Set();
    for (;;) {
      const entry = (await all()).find((each) => mayBeSent(each) && !tried.has(each.report_id));
      if (!entry) return forgetOld();
      tried.add(entry.report_id);
      await put({...entry, state: "sending"});
      const outcome = await send(entry);
      // Removed while it was under way: then it stays removed.
      if (await get(entry.report_id)) await put({...entry, ...outcome.entry});
      if (outcome.waits) {
        timer = setTimeout(flush, outcome.after ?? pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        return undefined;
      }
      pause = FIRST_PAUSE;
    }
  }

  // "sending" is what a tab left behind that was closed in the middle of it.
  const mayBeSent = (entry) => ["waiting", "sending"].includes(entry.state) && isOurs(entry);
  const isOurs = (entry) => entry.seat === seat;

  async function send(entry) {
    let answer;
    try {
      answer = await fetch("/v1/reports", {
        method: "POST",
        headers: {"Content-Type": "application/json", "Accept": "application/json"},
        body: JSON.stringify(entry.body),
        credentials: "same-origin",
        signal: AbortSignal.timeout?.(PATIENCE),
      });
    } catch {
      return {waits: true, entry: {state: "waiting", why: "waiting", tries: entry.tries + 1}};
    }
    if (answer.ok) return {entry: await receiptOf(entry, answer)};
    if ([401, 403].includes(answer.status)) return {waits: true, entry: {state: "waiting", why: "locked"}};
    if (answer.status === 429 || answer.status >= 500) {
      const seconds = Number(answer.headers.get("Retry-After"));
      return {waits: true, after: seconds ? seconds * 1_000 : undefined, entry: {state: "waiting", why: "busy"}};
    }
    return {entry: {state: "refused", reasons: await reasonsOf(answer)}};
  }

  // What was written is not needed any longer, and is not kept.
  async function receiptOf(entry, answer) {
    const receipt = await answer.json().catch(() => ({}));
    const kept = {state: "sent", why: null, body: null, fields: null, sent_at: Date.now(), period: receipt.period};
    try {
      const told = await fetch(`/report/${entry.report_id}/number`, {signal: AbortSignal.timeout?.(PATIENCE)});
      if (told.ok) kept.number = await told.json();
    } catch {
      // The receipt's page has the number too.
      kept.number = null;
    }
    return kept;
  }

  async function reasonsOf(answer) {
    const problem = await answer.json().catch(() => ({}));
    const errors = problem.errors ?? [];
    if (errors.length) return errors.map((each) => ({field: each.field, sv: each.message_sv, en: each.message_en}));
    return [{field: "", sv: problem.detail ?? problem.title ?? "", en: problem.detail_en ?? problem.title_en ?? ""}];
  }

  async function forgetOld() {
    for (const entry of await all()) {
      if (entry.state === "sent" && Date.now() - entry.sent_at > SENT_IS_SHOWN_FOR) await remove(entry.report_id);
    }
  }

  // From now on it tries by itself: at once, with the net, when looked at, and now and then.
  function begin(ownSeat) {
    seat = ownSeat;
    others?.addEventListener("message", () => { for (const listener of listeners) listener(); });
    window.addEventListener("online", flush);
    window.addEventListener("pageshow", flush);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
    return flush();
  }

  return {all, get, put, remove, works, flush, begin, isOurs, onChange: (listener) => listeners.add(listener)};
})();
