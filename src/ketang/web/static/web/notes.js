// A note beside a lesson: one press fills in the time to which the film was played.

const part = document.querySelector("[data-notes]");
const now = part?.querySelector("[data-note-now]");
const field = part?.querySelector("[data-note-at]");
const video = document.querySelector("video[data-main]");

const two = (number) => String(number).padStart(2, "0");
const clock = (seconds) => {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
};

if (now && field && video) {
  now.hidden = false;
  now.addEventListener("click", () => {
    field.value = clock(video.currentTime);
    field.focus();
  });
}
