// A course that was carried away: what was studied is kept in this browser, and saved as a file that the site takes back.
// It is opened from a disk, where nothing can be asked for: the pages hold all they need. See docs/decisions/0059-offline.md.

import { Attending, uuid } from "./attending.js";

const ticket = window.KETANG_OFFLINE || "";
const PLACE = `ketang-offline:${ticket}`;
const KIND = "ketang-offline-record";

/** What of a stretch the others do not cover. */
const without = (start, end, stretches) => {
  let left = [[start, end]];
  for (const [from, to] of stretches) {
    left = left.flatMap(([a, b]) => (to <= a || from >= b ? [[a, b]] : [[a, Math.min(b, from)], [Math.max(a, to), b]].filter(([x, y]) => x < y)));
  }
  return left;
};

const covered = (lesson) => lesson.watched.reduce((sum, [start, end]) => sum + end - start, 0);

/** Everything that was studied with this package in this browser; in memory alone where the browser keeps nothing. */
class Kept {
  constructor() {
    this.memory = { record: uuid(), lessons: {} };
    this.lasting = true;
  }

  load() {
    try {
      const text = localStorage.getItem(PLACE);
      if (text) this.memory = JSON.parse(text);
    } catch {
      this.lasting = false;
    }
    return this.memory;
  }

  /** Read it, for another page may have written, change one lesson, and write it. */
  change(thread, act) {
    const all = this.load();
    const lesson = (all.lessons[thread] ||= { watched: [], read: 0, done: false });
    act(lesson);
    try {
      localStorage.setItem(PLACE, JSON.stringify(all));
    } catch {
      this.lasting = false; // full, or not allowed: it is kept until the page is closed
    }
  }

  lesson(thread) {
    return this.load().lessons[thread] || { watched: [], read: 0, done: false };
  }

  file() {
    const all = this.load();
    const lessons = Object.entries(all.lessons).map(([lesson, one]) => ({ lesson, ...one }));
    return JSON.stringify({ kind: KIND, ticket, record: all.record, lessons });
  }
}

const kept = new Kept();

/** Milliseconds that count of a lesson, as the site counts them. */
const counts = (thread, length) => {
  const lesson = kept.lesson(thread);
  return Math.min(length, covered(lesson) + lesson.read);
};

const minutes = (milliseconds) => String(Math.floor(milliseconds / 60000));

class Lesson extends Attending {
  constructor(root) {
    super();
    this.root = root;
    this.thread = root.dataset.lesson;
    this.length = Number(root.dataset.length);
    this.opened = performance.now();
    this.spent = 0;
    this.attend("ketang-offline");
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.seal(); });
    addEventListener("pagehide", () => { this.end(); this.seal(); });
    root.querySelector("[data-finish]")?.addEventListener("click", () => this.finish());
    this.show();
  }

  keep([, kind, ...row]) {
    kept.change(this.thread, (lesson) => {
      if (kind === "r") {
        lesson.read = Math.min(this.length, lesson.read + row[0]);
        this.spent += row[0];
        return;
      }
      const [start, end, rate] = row;
      this.spent += ((end - start) * 100) / rate;
      for (const [from, to] of without(start, end, lesson.watched)) {
        const last = lesson.watched.at(-1);
        if (last && last[1] === from && last[2] === rate) last[1] = to;
        else lesson.watched.push([from, to, rate]);
      }
    });
    this.show();
  }

  flush() {
    this.seal();
  }

  /** Somebody says that they have come to the end: the time since the page was opened counts, as far as it did not yet. */
  finish() {
    this.end();
    this.seal();
    const more = Math.max(0, Math.round(performance.now() - this.opened - this.spent));
    kept.change(this.thread, (lesson) => {
      lesson.read = Math.min(this.length, lesson.read + more);
      lesson.done = true;
    });
    this.spent += more;
    this.show();
  }

  show() {
    const counted = counts(this.thread, this.length);
    const whole = minutes(counted), place = this.root.querySelector("[data-counted]");
    if (place.textContent !== whole) place.textContent = whole;
    this.root.querySelector("progress").value = this.length ? Math.floor((counted * 100) / this.length) : 0;
    const done = kept.lesson(this.thread).done || (this.length && counted * 100 >= this.length * Number(this.root.dataset.finished));
    if (done) this.root.querySelector("[data-done]").hidden = false;
  }
}

/** The button that saves the file, and what stands by each lesson of the list. */
function saving(place) {
  place.hidden = false;
  const status = place.querySelector("[role=status]");
  place.querySelector("[data-save]").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([kept.file()], { type: "application/json" }));
    link.download = place.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    status.textContent = place.dataset.saved;
    kept.saved = true;
  });
  kept.load();
  try {
    localStorage.setItem(`${PLACE}:try`, "1");
    localStorage.removeItem(`${PLACE}:try`);
  } catch {
    kept.lasting = false;
  }
  if (!kept.lasting) place.querySelector("[data-fleeting]").hidden = false;
}

const list = () => {
  for (const place of document.querySelectorAll("[data-of-lesson]")) {
    const counted = counts(place.dataset.ofLesson, Number(place.dataset.length));
    place.textContent = counted ? place.dataset.words.replace("{minutes}", minutes(counted)) : "";
  }
};

for (const place of document.querySelectorAll("[data-saving]")) saving(place);
const root = document.querySelector("[data-lesson]");
if (root) {
  root.hidden = false;
  new Lesson(root);
}
list();
addEventListener("pageshow", list);
// Where the browser keeps nothing, closing the page loses what was not saved: it asks first.
addEventListener("beforeunload", (event) => {
  if (!kept.lasting && !kept.saved && Object.keys(kept.memory.lessons).length) event.preventDefault();
});
