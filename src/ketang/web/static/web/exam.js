// Sitting a paper. Whatever is chosen is kept in this browser at once, under a number of its page's own, and then sent; what the
// server has stored is forgotten here. So a line that is cut, a page that is killed or a server that is gone loses nothing, and
// nothing is stored twice. Going from question to question needs no line. See docs/decisions/0056-exams.md.

const BEAT = 20000, AGAIN = 4000, TIMEOUT = 15000, OLD = 30 * 24 * 3600 * 1000;

/** Lines that wait to be sent, of all exams of this browser; in memory alone where the browser keeps nothing. */
class Store {
  constructor() {
    this.memory = [];
    this.open = new Promise((resolve) => {
      try {
        const asked = indexedDB.open("ketang-exams", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("lines", { keyPath: ["exam", "device", "n"] });
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
        const work = database.transaction("lines", mode, { durability: "strict" });
        const asked = act(work.objectStore("lines"));
        work.oncomplete = () => resolve(asked?.result ?? null);
        work.onerror = work.onabort = () => resolve(null);
      } catch {
        resolve(null); // full, or taken away
      }
    });
  }

  put(line) { return this.run("readwrite", (lines) => lines.put(line)); }

  async all() { return (await this.run("readonly", (lines) => lines.getAll())) || []; }

  drop(exam, device, n) {
    return this.run("readwrite", (lines) => lines.delete(IDBKeyRange.bound([exam, device, 0], [exam, device, n])));
  }
}

class Exam {
  constructor(form) {
    Object.assign(this, { form, told: form.dataset, store: new Store(), n: 0, pending: [], before: [], failed: false });
    this.exam = this.told.exam;
    this.device = this.told.device;
    this.seen = form.elements.seen;
    this.questions = new Map([...form.querySelectorAll("[data-question]")].map((one) => [Number(one.dataset.question), one]));
    this.here = [...this.questions].find(([, one]) => !one.hidden)?.[0] ?? 1;
    form.addEventListener("change", (event) => this.changed(event));
    form.addEventListener("click", (event) => this.clicked(event));
    addEventListener("online", () => this.send());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") this.send(true); });
    setInterval(() => { if (this.waiting) this.send(); }, AGAIN);
    if (this.told.left !== undefined) {
      setInterval(() => this.send(true), BEAT);
      this.clock(Number(this.told.left));
    }
    this.bringBack();
    this.aloud();
  }

  get waiting() { return this.pending.length + this.before.length > 0; }

  state(order) {
    const of = this.questions.get(order);
    const chosen = [...of.querySelectorAll(`[name=a${order}]:checked`)].map((one) => one.value);
    return [chosen, of.querySelector(`[name=f${order}]`).checked];
  }

  set(order, chosen, flagged) {
    const of = this.questions.get(order);
    if (!of) return false;
    const [was, mark] = this.state(order);
    for (const one of of.querySelectorAll(`[name=a${order}]`)) one.checked = chosen.includes(one.value);
    of.querySelector(`[name=f${order}]`).checked = flagged;
    this.count(order);
    return mark !== flagged || [...was].sort().join() !== [...chosen].sort().join();
  }

  changed(event) {
    const order = Number(event.target.closest("[data-question]")?.dataset.question);
    if (!order) return;
    const [chosen, flagged] = this.state(order);
    this.n += 1;
    const line = [this.n, order, Number(this.questions.get(order).dataset.base), chosen, flagged];
    this.pending.push(line);
    this.store.put({ exam: this.exam, device: this.device, n: this.n, line, at: Date.now() });
    this.count(order);
    this.send();
  }

  /** What an earlier page of this browser could not send comes first: it stands in this page's fields, too. */
  async bringBack() {
    for (const kept of await this.store.all()) {
      if (kept.at < Date.now() - OLD) this.store.drop(kept.exam, kept.device, kept.n);
      else if (kept.exam === this.exam && kept.device !== this.device) this.before.push(kept);
    }
    for (const { line: [, order, base, chosen, flagged] } of this.before) {
      if (this.questions.has(order) && Number(this.questions.get(order).dataset.base) <= base) this.set(order, chosen, flagged);
    }
    if (this.before.length) this.send();
  }

  body(device, lines) { return JSON.stringify({ device, seen: Number(this.seen.value), lines }); }

  async post(device, lines) {
    try {
      const answer = await fetch(this.told.answers, {
        method: "POST", body: this.body(device, lines), cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT),
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) return { signedOut: true };
      if ([200, 409, 423].includes(answer.status)) return { status: answer.status, ...(await answer.json()) };
      if ([400, 410, 413].includes(answer.status)) return { gone: true };
    } catch {
      // the line is cut: it is sent again
    }
    return null;
  }

  async send(beat = false) {
    if (this.sending) { this.more = true; return; }
    if (!beat && !this.waiting) return;
    this.sending = true;
    let answer = null;
    while (this.before.length) {
      const device = this.before[0].device;
      const lines = this.before.filter((one) => one.device === device).map((one) => one.line);
      answer = await this.post(device, lines);
      if (!answer || answer.signedOut) break;
      await this.store.drop(this.exam, device, answer.gone ? lines.at(-1)[0] : answer.n);
      this.before = this.before.filter((one) => one.device !== device);
      // What was chosen here since then was chosen in sight of it.
      const sent = new Set(lines.map(([, order]) => order));
      for (const line of this.pending) if (sent.has(line[1]) && answer.last) line[2] = Math.max(line[2], answer.last);
      this.heard(answer, device);
    }
    if (!this.before.length) {
      answer = await this.post(this.device, this.pending.slice(0, 500));
      if (answer && !answer.signedOut) {
        const n = answer.gone ? Infinity : answer.n;
        this.pending = this.pending.filter(([one]) => one > n);
        this.store.drop(this.exam, this.device, answer.gone ? this.n : n);
        this.heard(answer, this.device);
      }
    }
    this.sending = false;
    this.tell(answer);
    if (this.more) { this.more = false; if (answer) this.send(); }
  }

  /** What the server says: what is newer from elsewhere comes into the fields, unless something of ours still waits. */
  heard(answer, device) {
    if (answer.gone) return;
    const waits = new Set([...this.pending.map(([, order]) => order), ...this.before.map((one) => one.line[1])]);
    for (const [order, chosen, flagged] of answer.news || []) {
      if (!waits.has(order) && this.set(order, chosen, flagged)) this.other = order;
    }
    for (const of of this.questions.values()) of.dataset.base = answer.last;
    this.seen.value = answer.last;
    if (answer.left !== null && answer.left !== undefined) this.clock(answer.left);
    if (answer.status === 409) location.replace(this.told.over);
    if (answer.status === 423) location.reload();
  }

  tell(answer) {
    let words = "";
    if (!answer) words = this.waiting ? this.told.waits : "";
    else if (answer.signedOut) words = this.told.signedOut;
    else if (this.other) words = this.told.changed.replace("{n}", this.other);
    else if (this.n || this.failed) words = this.waiting ? "" : this.told.saved;
    this.failed = !answer && this.waiting;
    this.other = 0;
    const place = this.form.querySelector("[data-kept]");
    if (words && place.textContent !== words) place.textContent = words;
  }

  leave() {
    if (!this.pending.length) return;
    fetch(this.told.answers, {
      method: "POST", body: this.body(this.device, this.pending.slice(0, 200)), keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
    }).catch(() => {});
  }

  // Going from question to question.

  clicked(event) {
    const button = event.target.closest("button");
    if (button?.dataset.aloud !== undefined) { this.speak(button); return; }
    const jump = Number(button?.dataset.jump || ({ previous: this.here - 1, next: this.here + 1 })[button?.dataset.go] || 0);
    if (!jump) return;
    event.preventDefault();
    this.show(jump);
  }

  show(order) {
    const to = this.questions.get(order);
    if (!to) return;
    window.speechSynthesis?.cancel();
    if (this.told.one !== undefined) {
      for (const one of this.questions.values()) one.hidden = one !== to;
      this.here = order;
      const find = (name) => this.form.querySelector(`[data-go=${name}]`);
      const last = order === this.questions.size;
      find("previous").hidden = order === 1;
      find("next").hidden = last;
      find("review").classList.toggle("govuk-button--secondary", !last);
      history.replaceState(null, "", `?q=${order}`);
    }
    to.focus();
    to.scrollIntoView({ block: "start" });
  }

  count(order) {
    const [chosen, flagged] = this.state(order);
    const place = this.form.querySelector(`[data-jump="${order}"] [data-state]`);
    place.textContent = [chosen.length ? this.told.yes : this.told.no, flagged ? this.told.flagged : ""].filter(Boolean).join(" ");
    const answered = [...this.questions.keys()].filter((one) => this.state(one)[0].length).length;
    this.form.querySelector("[data-answered-count]").textContent = this.told.answered.replace("{n}", answered).replace("{all}", this.told.all);
  }

  // Time, by the minute: a word at ten, five and one, and no haste.

  clock(left) {
    this.end = performance.now() + left;
    if (this.ticks) return;
    this.ticks = setInterval(() => this.tick(), 1000);
    this.warned = left > 600000 ? 11 : left > 300000 ? 10 : left > 60000 ? 5 : 1;
    this.tick();
  }

  tick() {
    const left = this.end - performance.now(), minutes = Math.max(0, Math.ceil(left / 60000));
    const place = this.form.querySelector("[data-time]");
    const words = place.textContent.replace(/\d+/, minutes);
    if (place.textContent !== words) place.textContent = words;
    const step = minutes <= 1 ? 1 : minutes <= 5 ? 5 : minutes <= 10 ? 10 : 11;
    if (step < this.warned) {
      this.warned = step;
      this.form.querySelector("[data-warned]").textContent = (step === 1 ? this.told.minute : this.told.minutes).replace("{n}", minutes);
    }
    if (left < 0 && !this.over) { this.over = true; this.send(true); }
    if (left < -31000 && this.over !== "asked") { this.over = "asked"; this.send(true); }
  }

  // Reading aloud, where this device has a voice: what stands in [data-read-aloud] of the question, in order.

  aloud() {
    if (!("speechSynthesis" in window)) return;
    const offer = () => {
      if (!speechSynthesis.getVoices().length) return;
      for (const button of this.form.querySelectorAll("[data-aloud]")) button.hidden = false;
    };
    offer();
    speechSynthesis.addEventListener?.("voiceschanged", offer);
  }

  speak(button) {
    const was = speechSynthesis.speaking;
    speechSynthesis.cancel();
    if (was) return;
    const own = button.textContent;
    const parts = [...button.closest("[data-question]").querySelectorAll("[data-read-aloud]")].map((one) => one.textContent.trim());
    for (const picture of button.closest("[data-question]").querySelectorAll("img")) parts.splice(1, 0, picture.alt);
    parts.forEach((words, place) => {
      const said = new SpeechSynthesisUtterance(words);
      said.lang = "zh-CN";
      if (place === parts.length - 1) said.onend = () => { button.textContent = own; };
      said.onerror = () => { button.textContent = own; };
      speechSynthesis.speak(said);
    });
    button.textContent = button.dataset.stop;
  }
}

const form = document.querySelector("form[data-exam]");
if (form) new Exam(form);
