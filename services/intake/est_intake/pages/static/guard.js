// The free-text guard as a conversation: while somebody writes in a <textarea data-guard>, it asks the server
// where the text points out an individual, and shows those passages with what can be done about each.
// The server tells places, never words: what is quoted here comes from the textarea itself.
// When the server does not answer, nothing is said; it decides anyway when the text is sent.
"use strict";

(() => {
  if (window.estGuard) return;
  window.estGuard = true;

  const ADDRESS = "/v1/texts:check";
  const PAUSE_MILLISECONDS = 400;
  const SHORTEST_TEXT = 3;
  const CHARACTERS_BEFORE = 30;
  const CHARACTERS_AFTER = 20;

  const WORDS = {
    sv: {
      remove: "Ta bort",
      keep: "Behåll",
      goneAfter: "Borttaget. Inget mer att ändra.",
      mustGo: (n) => (n === 1 ? "Ett ställe måste bort innan du skickar." : `${n} ställen måste bort innan du skickar.`),
      question: (n) => (n === 1 ? "Ett ställe att titta på." : `${n} ställen att titta på.`),
      found: "Funnet i texten",
    },
    en: {
      remove: "Remove",
      keep: "Keep",
      goneAfter: "Removed. Nothing more to change.",
      mustGo: (n) => (n === 1 ? "One passage must go before you send." : `${n} passages must go before you send.`),
      question: (n) => (n === 1 ? "One passage to look at." : `${n} passages to look at.`),
      found: "Found in the text",
    },
  };
  const language = document.documentElement.lang.startsWith("en") ? "en" : "sv";
  const words = WORDS[language];
  const guards = new WeakMap();

  class Guard {
    constructor(textarea) {
      this.textarea = textarea;
      this.kept = new Set();
      this.asked = 0;
      this.hadPassages = false;
      this.summary = part("p", "guard-summary");
      this.summary.setAttribute("role", "status");
      this.summary.setAttribute("aria-live", "polite");
      this.list = part("ul", "guard-list");
      this.list.setAttribute("aria-label", words.found);
      this.list.hidden = true;
      const panel = part("div", "guard");
      panel.append(this.summary, this.list);
      textarea.after(panel);
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE_MILLISECONDS);
    }

    async ask() {
      const text = this.textarea.value;
      const turn = ++this.asked;
      const passages = text.trim().length < SHORTEST_TEXT ? [] : await passagesOf(text);
      // Whoever has gone on writing gets the answer to what stands there now.
      if (turn !== this.asked || text !== this.textarea.value) return;
      if (passages === null) this.show(text, [], "");
      else this.tell(text, passages);
    }

    tell(text, passages) {
      const open = passages.filter((each) => each.refused || !this.kept.has(keyOf(text, each)));
      const refused = open.filter((each) => each.refused).length;
      let told = refused ? words.mustGo(refused) : open.length ? words.question(open.length) : "";
      if (!open.length && this.hadPassages) told = words.goneAfter;
      this.hadPassages = open.length > 0;
      this.show(text, open, told);
    }

    show(text, passages, told) {
      // Whoever listens hears why as well; whoever looks sees it beside each passage.
      const why = [...new Set(passages.map((each) => " " + each.words[language]))].join("");
      // A live region is read aloud whenever it changes: only then.
      if (this.summary.textContent !== told + why) {
        this.summary.replaceChildren(told, part("span", "visually-hidden", why));
      }
      this.summary.classList.toggle("guard-refuses", passages.some((each) => each.refused));
      this.list.replaceChildren(...passages.map((each) => this.entry(text, each)));
      this.list.hidden = !passages.length;
    }

    entry(text, passage) {
      const quoted = quote(text, passage);
      const entry = part("li", passage.refused ? "guard-passage guard-refused" : "guard-passage");
      const sentence = part("span", "guard-quote");
      sentence.append(quoted.before, part("mark", "", quoted.found), quoted.after);
      const says = part("span", "guard-says");
      says.append(sentence, part("span", "guard-why", passage.words[language]));
      const buttons = part("span", "guard-buttons");
      buttons.append(this.button(words.remove, quoted.found, () => this.remove(text, quoted)));
      if (!passage.refused) {
        buttons.append(this.button(words.keep, quoted.found, () => this.keep(text, passage)));
      }
      entry.append(says, buttons);
      return entry;
    }

    button(label, found, act) {
      const button = part("button", "button button-quiet guard-button", label);
      button.type = "button";
      button.setAttribute("aria-label", `${label}: ${found}`);
      button.addEventListener("click", act);
      return button;
    }

    remove(text, quoted) {
      if (text !== this.textarea.value) return void this.ask();
      const { begin, end } = withoutGap(text, quoted);
      this.textarea.focus();
      this.textarea.setSelectionRange(begin, end);
      // The one way that the writer can undo; where it is not to be had, the text is cut all the same.
      if (!document.execCommand("delete")) this.textarea.setRangeText("", begin, end, "end");
      this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
      this.ask();
    }

    keep(text, passage) {
      this.kept.add(keyOf(text, passage));
      this.hadPassages = false;
      this.textarea.focus();
      this.ask();
    }
  }

  async function passagesOf(text) {
    try {
      const answer = await fetch(ADDRESS, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ text }),
      });
      return answer.ok ? (await answer.json()).passages : null;
    } catch {
      return null;
    }
  }

  // The server counts characters as people do; a script counts some of them twice.
  function quote(text, passage) {
    const characters = Array.from(text);
    const found = characters.slice(passage.begin, passage.end).join("");
    const before = characters.slice(0, passage.begin).join("");
    const after = characters.slice(passage.end).join("");
    const begin = before.length;
    return {
      found,
      begin,
      end: begin + found.length,
      before: before.length > CHARACTERS_BEFORE ? "… " + before.slice(-CHARACTERS_BEFORE).replace(/^\S*\s/, "") : before,
      after: after.length > CHARACTERS_AFTER ? after.slice(0, CHARACTERS_AFTER).replace(/\s\S*$/, "") + " …" : after,
    };
  }

  // Takes the blank before a passage along when nothing but a blank, a sign or the end follows it.
  function withoutGap(text, { begin, end }) {
    const follows = text.charAt(end);
    const blankBefore = begin > 0 && text.charAt(begin - 1) === " ";
    if (blankBefore && (!follows || /[\s.,;:!?)]/.test(follows))) return { begin: begin - 1, end };
    return { begin, end: begin === 0 && follows === " " ? end + 1 : end };
  }

  function keyOf(text, passage) {
    return `${passage.finding} ${quote(text, passage).found}`;
  }

  function part(tag, className, text = "") {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  function guardOf(target) {
    if (!(target instanceof HTMLTextAreaElement) || !("guard" in target.dataset)) return null;
    if (!guards.has(target)) guards.set(target, new Guard(target));
    return guards.get(target);
  }

  function begin() {
    // A screen reader listens to a region that was there before it changed; a text that came back is looked at.
    for (const textarea of document.querySelectorAll("textarea[data-guard]")) {
      const guard = guardOf(textarea);
      if (textarea.value) guard.ask();
    }
  }

  document.addEventListener("focusin", (event) => guardOf(event.target));
  document.addEventListener("input", (event) => guardOf(event.target)?.soon());
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
