// The transcript beside a player: it follows, a line seeks, words are looked for. Its list and its form are in the page already.

const TEXT = {
  zh: { none: "没有找到", found: (at, of) => `第 ${at} 处，共 ${of} 处` },
  en: { none: "Not found", found: (at, of) => `${at} of ${of}` },
};

export class Transcript {
  /** `seek(seconds)` plays from there. */
  constructor(root, english, seek) {
    this.root = root;
    this.words = TEXT[english ? "en" : "zh"];
    this.cues = [...root.querySelectorAll("[data-transcript] [data-start]")];
    this.chapters = [...root.querySelectorAll("[data-chapters] [data-start]")];
    for (const place of [...this.cues, ...this.chapters]) {
      place.addEventListener("click", (event) => {
        event.preventDefault();
        seek(Number(place.dataset.start));
      });
    }
    this.form = root.querySelector("form[data-find]");
    if (this.form) this.search();
  }

  /** Mark where the film is. */
  follow(now) {
    this.mark("current", this.cues, now, true);
    this.mark("chapter", this.chapters, now, false);
  }

  mark(which, places, now, ends) {
    let current = null;
    for (const place of places) if (Number(place.dataset.start) <= now + 0.05) current = place;
    if (ends && current && Number(current.dataset.end) <= now) current = null;
    if (current === this[which]) return;
    this[which]?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
    this[which] = current;
    const list = current?.closest("[data-transcript]");
    // Only the list itself is moved, never the page, and not while somebody reads in it.
    if (list && !list.matches(":focus-within, :hover")) this.show(current);
  }

  show(cue) {
    const list = cue.closest("[data-transcript]");
    list.scrollTop = cue.offsetTop - list.offsetTop - list.clientHeight / 3;
  }

  search() {
    const field = this.form.querySelector("input[type=search]");
    this.told = this.form.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim() === this.looked && this.hits.length) this.go(1);
      else this.find(field.value.trim());
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.shiftKey) {
        event.preventDefault();
        this.go(-1);
      }
    });
    for (const button of this.form.querySelectorAll("[data-step]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (field.value.trim() !== this.looked) this.find(field.value.trim());
        else this.go(Number(button.dataset.step));
      });
    }
    const print = this.form.querySelector("[data-print]");
    if (print) {
      print.hidden = false;
      print.addEventListener("click", () => window.print());
    }
    if (field.value.trim()) this.find(field.value.trim());
  }

  find(words) {
    this.looked = words;
    this.hits = [];
    for (const cue of this.cues) {
      const place = cue.querySelector("span");
      const text = place.textContent;
      place.textContent = text;
      if (!words) continue;
      const parts = [];
      let from = 0;
      for (let at = text.toLowerCase().indexOf(words.toLowerCase()); at >= 0; at = text.toLowerCase().indexOf(words.toLowerCase(), from)) {
        const hit = document.createElement("mark");
        hit.textContent = text.slice(at, at + words.length);
        parts.push(text.slice(from, at), hit);
        this.hits.push({ cue, hit });
        from = at + words.length;
      }
      if (parts.length) place.replaceChildren(...parts, text.slice(from));
    }
    this.at = -1;
    if (this.hits.length) this.go(1);
    else this.told.textContent = words ? this.words.none : "";
  }

  go(by) {
    if (!this.hits?.length) return;
    this.hits[this.at]?.hit.removeAttribute("data-here");
    this.at = (this.at + by + this.hits.length) % this.hits.length;
    const { cue, hit } = this.hits[this.at];
    hit.setAttribute("data-here", "");
    this.show(cue);
    this.told.textContent = `${this.words.found(this.at + 1, this.hits.length)}：${cue.querySelector("span").textContent}`;
  }
}
