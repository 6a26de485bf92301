// The score sheet keeps itself. What was typed lies in this browser until the server has said that it is kept: a cut line, a closed
// lid or a crash loses nothing. Two windows never overwrite each other unseen: the server refuses the older one.

const WAIT = 800, AGAIN = 5000, IDLE = 60000;

let used = 0, lastTouch = 0;
for (const name of ["pointerdown", "keydown", "input"]) addEventListener(name, () => { lastTouch = Date.now(); }, { passive: true });
setInterval(() => {
  const playing = [...document.querySelectorAll("video, audio")].some((one) => !one.paused);
  if (document.visibilityState === "visible" && (playing || Date.now() - lastTouch < IDLE)) used += 1;
}, 1000);

const stored = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
const store = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the server still has it */ } };

class Sheet {
  constructor(form) {
    this.form = form;
    this.key = `ketang:${form.dataset.sheet}`;
    this.status = form.querySelector(".saved");
    this.revision = Number(form.elements.revision.value);
    this.known = this.fields();
    this.restore();
    form.addEventListener("input", () => this.later(WAIT));
    form.addEventListener("submit", () => { form.elements.revision.value = String(this.revision); });
    addEventListener("online", () => this.later(0));
    addEventListener("pagehide", () => { if (this.timer || used > 5) this.send(true); });
    setInterval(() => { if (used >= 30 || stored(this.key)) this.later(0); }, 30000);
  }

  fields() {
    const found = {};
    for (const one of this.form.elements) if (one.name && !["csrfmiddlewaretoken", "revision", "how"].includes(one.name)) found[one.name] = one.value;
    return found;
  }

  filled(fields) {
    const scores = {}, notes = {}, moments = [];
    for (const [name, value] of Object.entries(fields)) {
      if (name.startsWith("score-")) scores[name.slice(6)] = value;
      else if (name.startsWith("note-")) notes[name.slice(5)] = value;
      else if (name.startsWith("moment-words-") && value.trim()) {
        const row = name.slice(13);
        moments.push({ part: Number(fields[`moment-part-${row}`]), second: seconds(fields[`moment-time-${row}`]), words: value });
      }
    }
    return { scores, notes, moments, overall: fields.overall };
  }

  restore() {
    const kept = stored(this.key);
    if (!kept) return;
    const differs = Object.entries(kept.fields).filter(([name, value]) => this.form.elements[name] && this.form.elements[name].value !== value);
    if (!differs.length) { localStorage.removeItem(this.key); return; }
    if (kept.revision < this.revision) { this.offer(differs); return; }
    for (const [name, value] of differs) this.form.elements[name].value = value;
    this.say("restored");
    this.later(0);
  }

  // The sheet went on elsewhere meanwhile: what this browser still holds is shown beside it, and put in by a click.
  offer(differs) {
    const list = document.createElement("ul");
    list.className = "govuk-list govuk-list--bullet";
    for (const [name, value] of differs) {
      const label = this.form.querySelector(`label[for="${CSS.escape(name)}"]`);
      list.append(Object.assign(document.createElement("li"), { textContent: `${label ? label.textContent : name}: ${value}` }));
    }
    this.say("stale");
    this.status.after(list);
  }

  say(what, words = "") {
    const said = words || this.form.dataset[what] || "";
    if (this.status.textContent !== said) this.status.textContent = said;
  }

  later(wait) {
    store(this.key, { fields: this.fields(), revision: this.revision });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  async send(leaving = false) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.sending && !leaving) { this.again = true; return; }
    this.sending = true;
    const fields = this.fields(), spent = used;
    let answer = null, said = {};
    try {
      answer = await fetch(this.form.dataset.sheet, {
        method: "POST", keepalive: leaving, headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ revision: this.revision, filled: this.filled(fields), private: fields.private, seconds: spent }),
      });
      said = await answer.json();
    } catch {
      answer = null;
    }
    this.sending = false;
    if (!answer || answer.status >= 500) {
      this.say("offline");
      this.timer = setTimeout(() => this.send(), AGAIN);
      return;
    }
    if (answer.ok) {
      used -= spent;
      this.revision = said.revision;
      this.form.elements.revision.value = String(said.revision);
      const now = this.fields();
      if (JSON.stringify(now) === JSON.stringify(fields)) { localStorage.removeItem(this.key); this.say("kept"); } else this.later(WAIT);
    } else if (answer.status === 409) this.say("stale");
    else this.say("", said.words);
    if (this.again) { this.again = false; this.later(WAIT); }
  }
}

function seconds(words) {
  const parts = String(words || "").trim().split(/[:：]/).map(Number);
  if (!parts.length || parts.length > 3 || parts.some((one) => !Number.isFinite(one) || one < 0)) return -1;
  return parts.reduce((sum, one) => sum * 60 + one, 0);
}

for (const form of document.querySelectorAll("[data-sheet]")) new Sheet(form);

// A note at a second takes the time of the player when somebody begins to write it.
for (const form of document.querySelectorAll("[data-moment]")) {
  form.elements.words.addEventListener("focus", () => {
    const played = document.querySelector("video, audio");
    if (!played || form.elements.words.value) return;
    const now = Math.floor(played.currentTime);
    form.elements.time.value = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
  });
}
