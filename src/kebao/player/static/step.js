// A second medium in step with the first: the signer's film, or a recorded description. Where the picture that is shown can be
// asked for (requestVideoFrameCallback), its time is what counts; elsewhere the medium's clock. Small differences are taken
// away by playing the second a little faster or slower; after a seek, a stall or a jump both wait until both can go on.

const EVERY = 100; // milliseconds between looks
const NEAR = 0.012; // seconds: closer than this, nothing is done
const APART = 0.3; // seconds: further than this, both are set anew instead of catching up
const CLOSE_IN = 0.25; // seconds in which a difference is to be gone
const MOST = 0.5; // of the speed, by which the second may play faster or slower
const WAIT = 4000; // milliseconds: then the first goes on alone

/** Where a medium is now: by the picture it showed last, if that was a moment ago. */
class Position {
  constructor(medium) {
    this.medium = medium;
    this.ask();
  }

  ask() {
    this.medium.requestVideoFrameCallback?.((now, shown) => {
      this.time = shown.mediaTime;
      this.at = shown.expectedDisplayTime;
      this.ask();
    });
  }

  now() {
    const medium = this.medium;
    const gone = (performance.now() - this.at) / 1000;
    if (medium.paused || medium.seeking || !(gone < 0.5)) return medium.currentTime;
    return this.time + gone * medium.playbackRate;
  }
}

const atEnd = (medium) => Number.isFinite(medium.duration) && medium.currentTime >= medium.duration - 0.15;
const ready = (medium) => !medium.seeking && (medium.readyState >= 3 || atEnd(medium));

const untilReady = (medium) =>
  new Promise((resolve) => {
    if (ready(medium) || medium.error) {
      resolve();
      return;
    }
    const names = ["seeked", "canplay", "playing", "error", "emptied"];
    const look = () => {
      if (!ready(medium) && !medium.error) return;
      clearTimeout(late);
      for (const name of names) medium.removeEventListener(name, look);
      resolve();
    };
    const late = setTimeout(() => {
      for (const name of names) medium.removeEventListener(name, look);
      resolve();
    }, WAIT);
    for (const name of names) medium.addEventListener(name, look);
  });

export class InStep {
  /** `main` leads, `second` follows while `on`. */
  constructor(main, second) {
    Object.assign(this, { main, second, on: false, held: false, turn: 0 });
    this.places = [new Position(main), new Position(second)];
    const when = (medium, name, act) => medium.addEventListener(name, () => { if (this.on) act(); });
    when(main, "play", () => {
      const ours = this.released; // both were ready a moment ago
      this.released = false;
      if (!ours && (this.apart() > 0.04 || !ready(second))) this.align();
      else this.follow();
    });
    when(main, "pause", () => this.rest());
    when(main, "seeking", () => this.align());
    when(main, "waiting", () => second.pause());
    when(main, "playing", () => this.follow());
    when(main, "ratechange", () => (second.playbackRate = main.playbackRate));
    when(second, "waiting", () => { if (!main.paused && !this.ended()) this.align(); });
    setInterval(() => { if (this.on) this.look(); }, EVERY);
  }

  /** Whether it plays, or will as soon as both can. */
  get goes() {
    return this.held || !this.main.paused;
  }

  turnOn() {
    if (this.on) return;
    this.on = true;
    this.align();
  }

  turnOff() {
    this.on = false;
    this.turn += 1;
    this.second.pause();
    this.release();
  }

  /** The learner pauses: nothing is to go on by itself. */
  cancel() {
    this.held = false;
    this.turn += 1;
  }

  apart() {
    return Math.abs(this.second.currentTime - this.main.currentTime);
  }

  ended() {
    return Number.isFinite(this.second.duration) && this.main.currentTime >= this.second.duration - 0.15;
  }

  /** The second goes on with the first. */
  follow() {
    if (this.held || this.main.paused || this.ended() || !this.second.paused) return;
    this.second.playbackRate = this.main.playbackRate;
    this.second.play().catch(() => {});
  }

  /** The first was paused by the learner: both show the same. */
  rest() {
    if (!this.main.paused || this.held) return;
    this.second.pause();
    if (this.apart() > 0.02 && !this.second.seeking && !this.ended()) this.second.currentTime = this.main.currentTime;
  }

  /** Set the second where the first is; the first waits for it. */
  async align() {
    this.turn += 1;
    const turn = this.turn;
    const { main, second } = this;
    if (second.error || this.ended()) {
      this.release();
      return;
    }
    if (!main.paused) {
      this.held = true;
      main.pause();
    }
    second.pause();
    second.playbackRate = main.playbackRate;
    if (this.apart() > 0.01) second.currentTime = main.currentTime;
    await Promise.all([untilReady(main), untilReady(second)]);
    if (turn === this.turn && this.on) this.release();
  }

  release() {
    if (!this.held) return;
    this.held = false;
    this.released = true;
    this.main.play().then(() => { if (this.on) this.follow(); }).catch(() => {});
  }

  look() {
    const { main, second } = this;
    if (main.paused || main.seeking || main.readyState < 3 || second.error) return;
    if (this.ended()) return;
    if (second.paused) {
      this.follow();
      return;
    }
    const [first, other] = this.places.map((place) => place.now());
    const apart = other - first;
    if (Math.abs(apart) > APART) {
      this.align();
      return;
    }
    const by = Math.abs(apart) < NEAR ? 0 : Math.max(-MOST, Math.min(MOST, -apart / CLOSE_IN / main.playbackRate));
    const rate = main.playbackRate * (1 + by);
    if (Math.abs(second.playbackRate - rate) > 0.005) second.playbackRate = rate;
  }
}
