// What counts of a lesson: the stretches that were played, and the time with its text. Every second what is new is kept in this
// browser under a number of its own, and every ten seconds it is sent. A number never changes what it stands for, so that the
// server may be told twice, by two tabs or again after days. The clock of this device is asked for nothing: `since` is the
// moment at which the server was last heard. See docs/decisions/0052-progress.md.

import { Attending, uuid } from "./attending.js";

const REPORT = 10000, OLD = 60000, TIMEOUT = 20000, MOST = 2000, SMALL = 50000;
const LEAST = 20000; // less than this is not offered after sign-in
const FORGET = 13 * 24 * 3600 * 1000;

/** What waits to be sent, of all pages of this browser; in memory alone where the browser keeps nothing. */
export class Outbox {
  constructor() {
    this.memory = new Map();
    this.open = new Promise((resolve) => {
      try {
        const asked = indexedDB.open("ketang-progress", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: ["sitting", "n"] });
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = asked.onblocked = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }

  async run(mode, act) {
    const database = await this.open;
    if (!database) return null;
    return new Promise((resolve) => {
      try {
        const work = database.transaction("entries", mode, { durability: "relaxed" });
        const asked = act(work.objectStore("entries"));
        work.oncomplete = () => resolve(asked?.result ?? null);
        work.onerror = work.onabort = () => resolve(null);
      } catch {
        resolve(null); // full, or taken away
      }
    });
  }

  put(entry) {
    return this.run("readwrite", (entries) => entries.put(entry));
  }

  /** Everything that waits, by page. */
  async pages() {
    const found = new Map();
    for (const entry of (await this.run("readonly", (entries) => entries.getAll())) || []) {
      if (!found.has(entry.sitting)) found.set(entry.sitting, []);
      found.get(entry.sitting).push(entry);
    }
    return found;
  }

  /** Forget what is known elsewhere: everything of a page up to a number. */
  drop(sitting, last = Infinity) {
    return this.run("readwrite", (entries) => entries.delete(IDBKeyRange.bound([sitting, 0], [sitting, last])));
  }
}

/** Tell the server; what it answers, "gone" where it wants to hear no more of this page, null where it was not reached. */
async function tell(address, page) {
  const body = JSON.stringify(page);
  try {
    const answer = await fetch(address, {
      method: "POST", body, credentials: "omit", cache: "no-store", keepalive: body.length < SMALL,
      headers: { "Content-Type": "application/json" }, signal: AbortSignal.timeout(TIMEOUT),
    });
    if (answer.ok) return await answer.json();
    return [400, 410].includes(answer.status) ? "gone" : null;
  } catch {
    return null;
  }
}

class Lesson extends Attending {
  constructor(root, outbox) {
    super();
    const told = root.dataset;
    Object.assign(this, { root, outbox, ticket: told.ticket, address: told.report, visitor: told.visitor !== undefined });
    this.sitting = uuid();
    this.heard = Number(told.now);
    this.number = 0;
    this.pending = [];
    this.attend("ketang-progress");
    setInterval(() => { if (this.pending.length) this.flush(); }, REPORT);
    setInterval(() => this.bringOld(), OLD);
    addEventListener("online", () => { this.flush(); this.bringOld(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") { this.seal(); this.flush(); } });
    addEventListener("pagehide", () => this.leave());
    this.bringOld();
  }

  keep(row) {
    this.number += 1;
    const n = this.number;
    this.pending.push([n, ...row]);
    this.outbox.put({ sitting: this.sitting, n, row, ticket: this.ticket, visitor: this.visitor });
  }

  // Sending.

  page() {
    return { ticket: this.ticket, sitting: this.sitting, entries: this.pending.slice(0, MOST) };
  }

  async flush() {
    if (this.visitor) return;
    if (this.sending) { this.again = true; return; }
    this.sending = true;
    const answer = await tell(this.address, this.page());
    this.sending = false;
    if (answer === "gone") {
      this.pending = [];
      this.outbox.drop(this.sitting);
    } else if (answer) {
      this.heard = Math.max(this.heard, answer.now);
      this.pending = this.pending.filter(([n]) => n > answer.last);
      if (answer.last) this.outbox.drop(this.sitting, answer.last);
      if (answer.counted !== undefined) this.show(answer.counted);
      if (this.again || this.pending.length >= MOST) { this.again = false; this.flush(); return; }
    }
    this.again = false;
  }

  leave() {
    this.end();
    this.seal();
    if (this.visitor || !this.pending.length) return;
    navigator.sendBeacon?.(this.address, new Blob([JSON.stringify(this.page())], { type: "application/json" }));
  }

  /** Send what other pages of this browser could not: those that were killed, or closed without a line. */
  async bringOld() {
    for (const [sitting, entries] of await this.outbox.pages()) {
      if (entries[0].visitor) {
        if (entries[0].row[0] < this.heard - FORGET) this.outbox.drop(sitting);
        continue;
      }
      if (sitting === this.sitting) continue;
      for (let from = 0; from < entries.length; from += MOST) {
        const part = entries.slice(from, from + MOST).map((entry) => [entry.n, ...entry.row]);
        const answer = await tell(this.address, { ticket: entries[0].ticket, sitting, entries: part });
        if (!answer) return; // no line
        this.outbox.drop(sitting, answer === "gone" ? Infinity : answer.last);
        if (answer === "gone") break;
      }
    }
  }

  show(counted) {
    const told = this.root.dataset, length = Number(told.length);
    const whole = String(Math.floor(counted / 60000));
    const place = this.root.querySelector("[data-counted]");
    if (place && place.textContent !== whole) place.textContent = whole;
    const bar = this.root.querySelector("progress");
    if (bar && length) bar.value = Math.min(100, Math.floor((counted * 100) / length));
    const done = this.root.querySelector("[data-done]");
    if (done && done.hidden && length && counted * 100 >= length * Number(told.finished)) done.hidden = false;
  }
}

/** Rounded, but never none of something. */
const minutes = (milliseconds) => String(milliseconds ? Math.max(1, Math.round(milliseconds / 60000)) : 0);

/** After sign-in: what this browser kept before is offered once, to be counted or thrown away. */
async function offer(template, outbox) {
  const kept = [...(await outbox.pages())].filter(([, entries]) => entries[0].visitor);
  if (!kept.length) return;
  const spent = kept.flatMap(([, entries]) => entries).reduce((sum, { row }) => sum + (row[1] === "w" ? row[3] - row[2] : row[2]), 0);
  if (spent < LEAST) return; // not worth a question yet
  template.after(template.content.cloneNode(true));
  const panel = template.nextElementSibling;
  panel.querySelector("[data-kept]").textContent = minutes(spent);
  const say = (words) => { panel.querySelector("[role=status]").textContent = words; };
  const over = (words) => {
    panel.querySelector("[data-choices]").hidden = true;
    say(words);
  };
  const take = async (sitting, entries) => {
    const page = { ticket: entries[0].ticket, sitting, entries: entries.map((entry) => [entry.n, ...entry.row]) };
    const answer = await fetch(panel.dataset.address, {
      method: "POST", body: JSON.stringify({ pages: [page] }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": panel.querySelector("[name=csrfmiddlewaretoken]").value },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    await outbox.drop(sitting, entries.at(-1).n);
    return (await answer.json()).counted;
  };
  panel.querySelector("[data-take]").addEventListener("click", async () => {
    let counted = 0;
    try {
      for (const [sitting, entries] of kept.splice(0)) {
        for (let from = 0; from < entries.length; from += MOST) counted += await take(sitting, entries.slice(from, from + MOST));
      }
      over(panel.dataset.taken.replace("{minutes}", minutes(counted)));
    } catch {
      kept.push(...[...(await outbox.pages())].filter(([, entries]) => entries[0].visitor)); // what is left may be tried again
      say(panel.dataset.failed);
    }
  });
  panel.querySelector("[data-throw]").addEventListener("click", () => {
    for (const [sitting] of kept) outbox.drop(sitting);
    over(panel.dataset.thrown);
  });
}

const outbox = new Outbox();
const root = document.querySelector("[data-progress]");
if (root) new Lesson(root, outbox);
const template = document.querySelector("template[data-take-over]");
if (template) offer(template, outbox);
