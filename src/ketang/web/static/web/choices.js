// What is chosen in the player (captions, sign language, description) is kept with the other settings, by the form beside it.

const form = document.querySelector("[data-panel] form");
const NAMES = { captions: "captions", sign: "sign", describe: "description" };

document.addEventListener("player-choice", ({ detail }) => {
  const name = NAMES[detail.name];
  const field = form?.elements[name];
  if (!field) return;
  field.value = detail.on ? "on" : "off";
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set(name, field.value);
  body.set("quiet", "1");
  // What cannot be sent now is chosen again next time: nothing is said.
  fetch(form.action, { method: "POST", body }).catch(() => {});
});
