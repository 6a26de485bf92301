// What is played of a lesson, and how long somebody is with its text: the same on the site (`progress.js`) and in a package that
// was carried away (`offline.js`). Each second what is new is given to `keep`. Only the time that really goes by is asked for
// (`performance.now`), never the clock.

const SEAL = 1000;
const AWAKE = { text: 120000, transcript: 60000 }; // after a sign of life, somebody is taken to read on

export const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

/** Its heirs say what `keep([since, "w", start, end, rate])` and `keep([since, "r", spent])` do, and `flush()` at rests. */
export class Attending {
  constructor() {
    this.heard = 0; // the moment from which on what comes is dated
    this.read = 0;
  }

  /** Begin. Pages on the same channel stop one another's players: one person hears one. */
  attend(channel) {
    this.video = document.querySelector("[data-player] video[data-main]");
    try {
      this.channel = new BroadcastChannel(channel);
    } catch {
      this.channel = null; // an old browser, or a page from a disk
    }
    if (this.video) this.watch();
    this.follow();
    setInterval(() => this.tick(), SEAL);
  }

  // What is played: from where the picture began to move to where it was last seen.

  watch() {
    const on = (name, act) => this.video.addEventListener(name, act);
    on("playing", () => this.begin());
    on("play", () => {
      this.flush();
      this.played = performance.timeOrigin + performance.now();
      this.channel?.postMessage(this.played);
    });
    on("timeupdate", () => this.advance());
    for (const name of ["seeking", "waiting", "emptied"]) on(name, () => this.end());
    for (const name of ["pause", "ended"]) on(name, () => { this.end(); this.flush(); });
    on("ratechange", () => { this.end(); this.begin(); });
    // One person hears one player: another tab that begins to play stops this one.
    this.channel?.addEventListener("message", ({ data }) => { if (data > (this.played || 0)) this.video.pause(); });
  }

  begin() {
    const video = this.video;
    if (this.span || video.paused || video.seeking || video.readyState < 3) return;
    this.span = { start: video.currentTime, at: video.currentTime, seen: performance.now(), rate: video.playbackRate, since: this.heard };
  }

  advance() {
    const span = this.span, video = this.video;
    if (!span) { this.begin(); return; }
    if (video.seeking || video.currentTime < span.at) return; // a seek ends the stretch where it was last seen
    const now = performance.now(), gone = (now - span.seen) / 1000;
    if (video.currentTime - span.at > gone * span.rate + 1) { this.end(); this.begin(); return; } // it jumped
    span.at = video.currentTime;
    span.seen = now;
  }

  /** Close the stretch that is being played, and keep it. */
  end() {
    if (!this.span) return;
    this.advance();
    const span = this.span;
    this.span = null;
    if (!span) return;
    const video = this.video;
    if (video.seeking) { // it went on until it was sought elsewhere
      span.at = Math.min(span.at + Math.min((performance.now() - span.seen) / 1000, 0.4) * span.rate, video.duration || Infinity);
    }
    this.keepSpan(span);
  }

  keepSpan(span) {
    const start = Math.round(span.start * 1000), end = Math.round(span.at * 1000);
    if (end > start) this.keep([span.since, "w", start, end, Math.max(1, Math.round(span.rate * 100))]);
  }

  /** Keep what was played or read up to now; what is being played goes on. */
  seal() {
    if (this.span) {
      this.advance();
      const span = this.span;
      if (span && span.at > span.start) {
        this.keepSpan(span);
        Object.assign(span, { start: Math.round(span.at * 1000) / 1000, since: this.heard });
      }
    }
    if (this.read >= SEAL / 2) {
      this.keep([this.readSince, "r", Math.round(this.read)]);
      this.read = 0;
    }
  }

  // What is read: the page is in sight, and there was a sign of life not long ago.

  follow() {
    this.life = performance.now();
    this.ticked = this.life;
    const within = this.video ? "[data-transcript], [data-reads]" : "main";
    if (this.video) this.life = -Infinity;
    for (const name of ["scroll", "keydown", "pointerdown", "pointermove", "focusin", "touchmove", "selectionchange"]) {
      document.addEventListener(name, (event) => {
        const where = event.target instanceof Element ? event.target : document.activeElement || document.body;
        if (!this.video || where.closest?.(within)) this.life = performance.now();
      }, { passive: true, capture: true });
    }
  }

  tick() {
    const now = performance.now(), gone = Math.min(now - this.ticked, 2 * SEAL);
    this.ticked = now;
    const plays = this.video && !this.video.paused;
    // What is done inside a simulation's frame is not seen here; that it has the focus is.
    if (document.activeElement?.matches?.("iframe[data-simulation]")) this.life = now;
    const awake = now - this.life < (this.video ? AWAKE.transcript : AWAKE.text);
    if (!plays && awake && document.visibilityState === "visible") {
      if (!this.read) this.readSince = this.heard;
      this.read += gone;
    }
    this.seal();
  }
}
