// The player: a thin layer over the browser's own <video>. Everything it adds is plain HTML below the picture, so that
// it can be read, enlarged and reached by keyboard. Without this script the browser's own controls stay.

import { InStep } from "./step.js";
import { Transcript } from "./transcript.js";

const TEXT = {
  zh: {
    play: "播放", pause: "暂停", back: "后退 10 秒", forward: "前进 10 秒", mute: "静音", unmute: "取消静音",
    captionsOn: "打开字幕", captionsOff: "关闭字幕", signOn: "显示手语", signOff: "隐藏手语",
    describeOn: "打开口述", describeOff: "关闭口述", full: "全屏", leaveFull: "退出全屏", position: "播放位置",
    volume: "音量", speed: "速度", of: (now, all) => `${now}，共 ${all}`, times: (rate) => `${rate} 倍`,
    keys: "快捷键", signLarger: "放大手语", signSmaller: "缩小手语", speak: "读出口述", speakOff: "不读出口述", goOn: "继续播放",
    failed: "视频放不出来。请刷新页面，或下载后观看。", waiting: "正在缓冲", described: "口述",
  },
  en: {
    play: "Play", pause: "Pause", back: "Back 10 seconds", forward: "Forward 10 seconds", mute: "Mute", unmute: "Unmute",
    captionsOn: "Captions on", captionsOff: "Captions off", signOn: "Show sign language", signOff: "Hide sign language",
    describeOn: "Description on", describeOff: "Description off", full: "Full screen", leaveFull: "Leave full screen",
    position: "Position", volume: "Volume", speed: "Speed", of: (now, all) => `${now} of ${all}`,
    times: (rate) => `${rate}×`, keys: "Keys", signLarger: "Larger sign language", signSmaller: "Smaller sign language",
    speak: "Speak descriptions", speakOff: "Do not speak descriptions", goOn: "Go on",
    failed: "The video cannot be played. Reload the page, or download it.", waiting: "Buffering", described: "Description",
  },
};
const KEYS = [
  ["K", "play"], ["J", "back"], ["L", "forward"], ["M", "mute"], ["C", "captionsOn"], ["S", "signOn"], ["D", "describeOn"],
  ["F", "full"], ["< >", "speed"],
];
const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const SIGNS_A_SECOND = 4.5; // of a description, as a person reads: half of 255 a minute read silently is a slow reader's
const STORE = "kebao-player";

const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || {};
  } catch {
    return {}; // storage may be blocked or hold another's words
  }
};
const remember = (changes) => {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...remembered(), ...changes }));
  } catch {
    // a browser that keeps nothing still plays
  }
};

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
};

const element = (tag, attributes = {}, text = "") => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
};

class Player {
  constructor(root) {
    this.root = root;
    this.video = root.querySelector("video[data-main]") || root.querySelector("video");
    this.sign = root.querySelector("video[data-sign]");
    this.words = TEXT[(root.closest("[lang]")?.lang || "zh").startsWith("en") ? "en" : "zh"];
    this.described = root.querySelector("audio[data-described]");
    this.ours = root.dataset.captions !== undefined; // the page keeps the settings, not this browser
    this.english = this.words === TEXT.en;
    this.transcript = new Transcript(root, this.english, (seconds) => this.seek(seconds, true));
    if (this.sign) {
      this.signStep = new InStep(this.video, this.sign);
      this.sign.muted = true;
      this.sign.removeAttribute("controls");
    }
    if (this.described) this.describedStep = new InStep(this.video, this.described);
    this.build();
    this.listen();
    this.restore();
    this.seekFromAddress();
  }

  build() {
    const w = this.words;
    const button = (name, label) => {
      const made = element("button", { type: "button", class: "player-button", "data-do": name }, label);
      made.addEventListener("click", () => this.act(name));
      return made;
    };
    this.buttons = { play: button("play", w.play), back: button("back", w.back), forward: button("forward", w.forward), mute: button("mute", w.mute) };
    if (this.tracks("captions").length) this.buttons.captions = button("captions", w.captionsOn);
    if (this.sign) {
      this.buttons.sign = button("sign", w.signOn);
      this.buttons.signSize = button("signSize", w.signLarger);
    }
    if (this.tracks("descriptions").length || this.described) this.buttons.describe = button("describe", w.describeOn);
    // A screen reader says a description by itself; who sees little and has none may have it spoken by the browser.
    if (this.tracks("descriptions").length && !this.described && "speechSynthesis" in window) this.buttons.speak = button("speak", w.speak);
    this.buttons.full = button("full", w.full);
    this.buttons.keys = button("keys", w.keys);
    this.buttons.keys.setAttribute("aria-expanded", "false");

    this.position = element("input", { type: "range", min: "0", max: "0", step: "1", value: "0", class: "player-position", "aria-label": w.position });
    this.volume = element("input", { type: "range", min: "0", max: "100", step: "5", value: "100", class: "player-volume", "aria-label": w.volume });
    this.speed = element("select", { class: "player-speed", "aria-label": w.speed });
    for (const rate of RATES) this.speed.append(new Option(w.times(rate), String(rate), rate === 1, rate === 1));
    this.time = element("span", { class: "player-time" });
    this.status = element("p", { class: "player-status", role: "status" });
    this.told = element("p", { class: "player-described", "aria-live": "assertive" });
    this.buttons.goOn = button("goOn", w.goOn);
    this.buttons.goOn.hidden = true;

    const controls = element("div", { class: "player-controls", role: "group", "aria-label": this.video.getAttribute("aria-label") || this.video.title || w.play });
    const line = element("div", { class: "player-line" });
    line.append(this.position, this.time);
    const row = element("div", { class: "player-row" });
    const labelled = (words, control) => {
      const made = element("span", { class: "player-label" });
      made.append(element("span", { "aria-hidden": "true" }, words), control); // the control has the name itself
      return made;
    };
    const { goOn, ...rest } = this.buttons;
    row.append(...Object.values(rest), labelled(w.speed, this.speed), labelled(w.volume, this.volume));
    this.keys = element("dl", { class: "player-keys", hidden: "" });
    for (const [key, name] of KEYS) {
      if ((name === "signOn" && !this.buttons.sign) || (name === "describeOn" && !this.buttons.describe) || (name === "captionsOn" && !this.buttons.captions)) continue;
      this.keys.append(element("dt", {}, key), element("dd", {}, w[name]));
    }
    controls.append(line, row, this.keys, this.status, this.told, this.buttons.goOn);
    (this.root.querySelector("[data-stage]") || this.video).after(controls);
    this.controls = controls;
    this.video.removeAttribute("controls");
    this.video.tabIndex = -1; // its controls are below; a second stop would say nothing
  }

  tracks(kind) {
    return [...this.video.textTracks].filter((track) => track.kind === kind);
  }

  listen() {
    const on = (name, act) => this.video.addEventListener(name, act);
    for (const name of ["play", "pause", "ended", "volumechange", "ratechange", "loadedmetadata"]) on(name, () => this.show());
    for (const name of ["timeupdate", "loadedmetadata"]) on(name, () => this.tick());
    on("seeked", () => this.tick());
    on("waiting", () => this.say(this.words.waiting));
    on("playing", () => this.say(""));
    on("error", () => this.say(this.words.failed));
    on("click", () => this.act("play"));
    for (const source of this.video.querySelectorAll("source")) source.addEventListener("error", () => this.say(this.words.failed));
    // The film may have failed before this script came.
    if (this.video.error || this.video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) this.say(this.words.failed);
    this.position.addEventListener("input", () => this.seek(Number(this.position.value)));
    this.volume.addEventListener("input", () => {
      this.video.volume = Number(this.volume.value) / 100;
      this.video.muted = false;
      remember({ volume: this.video.volume });
    });
    this.speed.addEventListener("change", () => {
      this.video.playbackRate = Number(this.speed.value);
      remember({ rate: this.video.playbackRate });
    });
    this.root.addEventListener("keydown", (event) => this.key(event));
    for (const place of document.querySelectorAll(`[data-seeks="${this.root.id}"]`)) {
      place.addEventListener("click", (event) => {
        event.preventDefault();
        this.seek(Number(place.dataset.time), true);
        this.buttons.play.focus({ preventScroll: true });
        this.root.scrollIntoView({ block: "nearest" });
      });
    }
    document.addEventListener("fullscreenchange", () => this.show());
    for (const track of this.tracks("descriptions")) track.addEventListener("cuechange", () => this.describe(track));
    on("seeking", () => this.quiet());
    window.addEventListener("hashchange", () => this.seekFromAddress());
  }

  restore() {
    const kept = remembered();
    if (kept.volume !== undefined) this.video.volume = kept.volume;
    if (RATES.includes(kept.rate)) this.video.playbackRate = kept.rate;
    const of = this.root.dataset;
    this.setCaptions(this.ours ? of.captions === "on" : kept.captions !== false, false);
    this.setSign(this.ours ? of.sign === "on" : kept.sign !== false, false);
    this.setDescribe(this.ours ? of.describe === "on" : kept.describe === true, false);
    this.setSignSize(kept.signLarge === true);
    this.speaks = kept.speaks === true;
    this.show();
    this.tick();
  }

  seekFromAddress() {
    const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (found) this.seek(Number(found[1]));
    // A link that says “play” was the click: a browser that wants another one leaves the button to be pressed.
    if (location.hash === "#play") this.video.play().catch(() => {});
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("textarea, input:not([type=range]), [contenteditable]")) return;
    const name = { k: "play", j: "back", l: "forward", m: "mute", c: "captions", s: "sign", d: "describe", f: "full", "<": "slower", ">": "faster" }[event.key.toLowerCase()];
    if (event.target.closest("select") && name) return; // letters choose in a list
    if (!name || (name in { captions: 1, sign: 1, describe: 1 } && !this.buttons[name])) return;
    event.preventDefault();
    this.act(name);
  }

  act(name) {
    const video = this.video;
    const actions = {
      play: () => this.toggle(),
      back: () => this.seek(video.currentTime - 10),
      forward: () => this.seek(video.currentTime + 10),
      mute: () => (video.muted = !video.muted),
      captions: () => this.setCaptions(!this.captionsOn),
      sign: () => this.setSign(!this.signOn),
      signSize: () => this.setSignSize(!this.signLarge),
      speak: () => {
        this.speaks = !this.speaks;
        remember({ speaks: this.speaks });
        this.quiet();
        this.show();
      },
      goOn: () => this.goOn(),
      describe: () => this.setDescribe(!this.describeOn),
      slower: () => this.step(-1),
      faster: () => this.step(1),
      keys: () => {
        this.keys.hidden = !this.keys.hidden;
        this.buttons.keys.setAttribute("aria-expanded", String(!this.keys.hidden));
      },
      full: () => {
        const act = document.fullscreenElement ? document.exitFullscreen() : this.root.requestFullscreen?.();
        act?.catch?.(() => {}); // a browser may refuse; the page stays as it is
      },
    };
    actions[name]();
  }

  step(by) {
    const now = RATES.indexOf(this.video.playbackRate);
    this.video.playbackRate = RATES[Math.min(RATES.length - 1, Math.max(0, (now < 0 ? 2 : now) + by))];
    remember({ rate: this.video.playbackRate });
    this.say(`${this.words.speed} ${this.words.times(this.video.playbackRate)}`);
  }

  seek(seconds, play = false) {
    const end = Number.isFinite(this.video.duration) ? this.video.duration : seconds;
    this.video.currentTime = Math.min(Math.max(0, seconds), end);
    if (play) this.video.play().catch(() => {});
    this.tick();
  }

  get goes() {
    return !this.video.paused || [this.signStep, this.describedStep].some((step) => step?.held);
  }

  toggle() {
    this.quiet();
    const goes = this.goes;
    for (const step of [this.signStep, this.describedStep]) step?.cancel();
    if (goes) this.video.pause();
    else this.video.play().catch(() => this.say(this.words.failed));
    this.show();
  }

  /** Keep a choice: the page's server, where it keeps the settings, else this browser. */
  chosen(name, on) {
    if (!this.ours) remember({ [name]: on });
    else this.root.dispatchEvent(new CustomEvent("player-choice", { bubbles: true, detail: { name, on } }));
  }

  setCaptions(on, chosen = true) {
    this.captionsOn = on;
    this.tracks("captions").forEach((track, place) => (track.mode = on && place === 0 ? "showing" : "hidden"));
    if (chosen) this.chosen("captions", on);
    this.show();
  }

  setSign(on, chosen = true) {
    this.signOn = on;
    if (this.sign) {
      this.sign.hidden = !on;
      this.root.classList.toggle("player-signed", on);
      if (on) this.signStep.turnOn();
      else this.signStep.turnOff();
    }
    if (chosen) this.chosen("sign", on);
    this.show();
  }

  setSignSize(large) {
    this.signLarge = large;
    this.root.classList.toggle("player-sign-large", large);
    remember({ signLarge: large });
    this.show();
  }

  setDescribe(on, chosen = true) {
    this.describeOn = on;
    for (const track of this.tracks("descriptions")) track.mode = on ? "hidden" : "disabled";
    if (this.described) {
      if (on) this.describedStep.turnOn();
      else this.describedStep.turnOff();
      // A recording with everything in it takes the place of the film's own sound.
      if (this.described.dataset.described === "whole") this.video.muted = on;
    }
    if (!on) {
      this.quiet();
      this.told.textContent = "";
    }
    if (chosen) this.chosen("describe", on);
    this.show();
  }

  /** A description begins: it is shown, and the film waits where it has no room for it. */
  describe(track) {
    const cue = track.activeCues?.[0];
    if (!this.describeOn || !cue || this.described) return;
    this.told.textContent = `${this.words.described}：${cue.text}`;
    const takes = cue.text.length / SIGNS_A_SECOND + 1;
    const waits = this.root.dataset.description === "extended" && this.goes && (this.speaks || takes > (cue.endTime - cue.startTime) / this.video.playbackRate);
    if (this.speaks) this.speak(cue.text);
    if (!waits) return;
    for (const step of [this.signStep, this.describedStep]) step?.cancel();
    this.video.pause();
    this.waits = true;
    this.buttons.goOn.hidden = false;
    if (!this.speaks) this.later = setTimeout(() => this.goOn(), takes * 1000);
  }

  speak(text) {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = this.root.querySelector("track[kind=descriptions]")?.srclang || "zh-CN";
    if (said.lang === "zh-Hans") said.lang = "zh-CN"; // browsers know voices by country
    said.onend = () => this.goOn();
    // Without a voice nothing ends: the time it takes to read is waited for instead.
    said.onerror = () => (this.later = setTimeout(() => this.goOn(), (text.length / SIGNS_A_SECOND + 1) * 1000));
    speechSynthesis.cancel();
    if (speechSynthesis.getVoices().length) speechSynthesis.speak(said);
    else said.onerror();
  }

  goOn() {
    if (!this.waits) return;
    this.quiet();
    this.video.play().catch(() => {});
  }

  /** No description is waited for any more. */
  quiet() {
    clearTimeout(this.later);
    if (!this.waits && !this.speaks) return;
    this.waits = false;
    if (document.activeElement === this.buttons.goOn) this.buttons.play.focus();
    this.buttons.goOn.hidden = true;
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  }

  tick() {
    const now = this.video.currentTime;
    this.position.value = String(Math.floor(now));
    const spoken = this.words.of(clock(now), clock(this.video.duration));
    this.position.setAttribute("aria-valuetext", spoken);
    this.time.textContent = `${clock(now)} / ${clock(this.video.duration)}`;
    this.transcript.follow(now);
  }

  show() {
    const w = this.words;
    const label = (name, text) => this.buttons[name] && (this.buttons[name].textContent = text);
    label("play", this.goes ? w.pause : w.play);
    label("mute", this.video.muted ? w.unmute : w.mute);
    label("captions", this.captionsOn ? w.captionsOff : w.captionsOn);
    label("sign", this.signOn ? w.signOff : w.signOn);
    label("signSize", this.signLarge ? w.signSmaller : w.signLarger);
    label("speak", this.speaks ? w.speakOff : w.speak);
    if (this.buttons.signSize) this.buttons.signSize.hidden = !this.signOn;
    if (this.buttons.speak) this.buttons.speak.hidden = !this.describeOn;
    label("describe", this.describeOn ? w.describeOff : w.describeOn);
    label("full", document.fullscreenElement ? w.leaveFull : w.full);
    this.volume.value = String(Math.round((this.video.muted ? 0 : this.video.volume) * 100));
    this.speed.value = String(this.video.playbackRate);
    if (Number.isFinite(this.video.duration)) this.position.max = String(Math.floor(this.video.duration));
  }

  say(words) {
    this.status.textContent = words;
  }
}

export const players = [...document.querySelectorAll("[data-player]")].map((root) => new Player(root));
