// Uploads that go on where they broke off: tus in a form that works without this script, too. A form with `data-each` takes
// any number of files, one after the other; each belongs to the page as soon as it is whole, whatever becomes of the rest.

const KB = 1024;
const STEP = 10; // per cent between two things that a screen reader is told

const size = (bytes) => (bytes >= KB ** 3 ? `${(bytes / KB ** 3).toFixed(2)} GB` : `${(bytes / KB ** 2).toFixed(1)} MB`);

const sentOf = (form, sent, all) => {
  const percent = all ? Math.floor((sent / all) * 100) : 100;
  return form.dataset.wordsSent.replace("{percent}", percent).replace("{sent}", size(sent)).replace("{all}", size(all));
};

// One file to the server; resolves with the upload's key, rejects with words.
const send = (form, file, token, tell) =>
  new Promise((resolve, reject) => {
    if (file.size > Number(form.dataset.largest)) {
      reject(form.dataset.wordsLarge);
      return;
    }
    const upload = new window.tus.Upload(file, {
      endpoint: form.dataset.upload,
      chunkSize: 8 * KB ** 2,
      retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000],
      metadata: { filename: file.name },
      headers: { "X-CSRFToken": token },
      removeFingerprintOnSuccess: true,
      onProgress: (sent, all) => tell(all ? Math.floor((sent / all) * 100) : 100, sentOf(form, sent, all)),
      onShouldRetry: () => {
        tell(-1, form.dataset.wordsFailed);
        return true;
      },
      onError: (error) => reject(error.originalResponse?.getBody() || form.dataset.wordsFailed),
      onSuccess: () => resolve(upload.url.split("/").pop()),
    });
    upload.findPreviousUploads().then((earlier) => {
      if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
      upload.start();
    });
  });

// What was uploaded becomes a file of the page; rejects with the server's words.
const claim = async (form, key, token) => {
  const body = new URLSearchParams({ upload: key, csrfmiddlewaretoken: token });
  for (const wait of [0, 2000, 5000, 15000]) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.ok) return told;
      throw told.words;
    } catch (error) {
      if (typeof error === "string") throw error; // refused, and not merely cut off
    }
  }
  throw form.dataset.wordsFailed;
};

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const shown = form.querySelector(".upload-progress");
  const bar = shown?.querySelector("progress");
  const status = shown?.querySelector("[role=status]");
  const list = shown?.querySelector("ul");
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!input || !shown || !window.tus?.isSupported) continue;
  let told = "";

  const say = (percent, words, head = "") => {
    if (percent >= 0) bar.value = percent;
    const spoken = `${head}${percent < 0 ? words : Math.floor(percent / STEP)}`;
    if (spoken === told) return;
    told = spoken;
    status.textContent = head ? `${head} ${words}` : words;
  };

  const whole = (key) => {
    const place = document.createElement("input");
    place.type = "hidden";
    place.name = "upload";
    place.value = key;
    form.append(place);
    input.disabled = true; // its bytes are there already
    form.submit();
  };

  const each = async (files) => {
    const lines = files.map((file) => {
      const line = list.appendChild(document.createElement("li"));
      line.textContent = file.name;
      return line;
    });
    let failed = 0;
    for (const [index, file] of files.entries()) {
      const head = form.dataset.wordsFile.replace("{n}", index + 1).replace("{all}", files.length).replace("{name}", file.name);
      try {
        const key = await send(form, file, token, (percent, words) => {
          say(percent, words, head);
          lines[index].textContent = `${file.name} ${words}`;
        });
        const answer = await claim(form, key, token);
        lines[index].textContent = `${answer.path} ✓`;
      } catch (words) {
        failed += 1;
        lines[index].textContent = `${file.name} ${words}`;
        say(-1, String(words), file.name);
      }
    }
    if (!failed) location.assign(form.action);
  };

  form.addEventListener("submit", (event) => {
    const files = [...input.files];
    if (!files.length || event.submitter?.name) return; // nothing chosen: the server says so in its own words
    event.preventDefault();
    shown.hidden = false;
    if (list) {
      list.replaceChildren();
      each(files);
    } else {
      send(form, files[0], token, say).then(whole, (words) => say(-1, String(words)));
    }
  });
}
