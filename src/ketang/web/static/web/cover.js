// A parcel's form beside the photograph of its cover: what was read is put into its field by one key, without leaving the page;
// when the reading is over, a form in which nothing was typed is asked for anew.

const form = document.querySelector("form[data-cover]");
let typed = false;

form?.addEventListener("input", () => { typed = true; });

for (const button of form?.querySelectorAll("[data-take]") ?? []) {
  button.addEventListener("click", (event) => {
    const field = document.getElementById(button.dataset.take);
    if (!field) return; // the server puts it in
    event.preventDefault();
    field.value = button.dataset.value;
    typed = true;
    field.focus();
  });
}

// Alt and a digit: browsers differ in what they do with access keys, and some take Alt and a digit for themselves.
const keys = new Map([...(form?.querySelectorAll("[accesskey]") ?? [])].map((button) => [`Digit${button.accessKey}`, button]));

for (const button of keys.values()) button.removeAttribute("accesskey");
document.addEventListener("keydown", (event) => {
  const button = event.altKey && !event.ctrlKey && !event.metaKey && keys.get(event.code);
  if (!button) return;
  event.preventDefault();
  button.click();
});

if (form?.hasAttribute("data-waits")) {
  const status = form.querySelector("[role=status]");
  const wait = setInterval(async () => {
    try {
      const answer = await fetch(form.dataset.cover, { headers: { Accept: "application/json" } });
      if (!answer.ok || !(await answer.json()).over) return;
      clearInterval(wait);
      const show = form.querySelector("button[value=none]");
      if (typed) {
        status.textContent = show.textContent;
        return; // what was typed stays; whoever types presses the button
      }
      form.requestSubmit(show);
    } catch {
      // the line is cut: it is asked again
    }
  }, 1500);
}
