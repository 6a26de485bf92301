// Uploads that go on where they broke off: tus in a form that works without this script, too.

const KB = 1024;

const size = (bytes) => (bytes >= KB ** 3 ? `${(bytes / KB ** 3).toFixed(2)} GB` : `${(bytes / KB ** 2).toFixed(1)} MB`);

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const shown = form.querySelector(".upload-progress");
  const bar = shown?.querySelector("progress");
  const status = shown?.querySelector("[role=status]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!input || !shown || !window.tus?.isSupported) continue;
  let told = -1;

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    if (!file || event.submitter?.name) return; // nothing chosen: the server says so in its own words
    event.preventDefault();
    shown.hidden = false;
    if (file.size > Number(form.dataset.largest)) {
      status.textContent = form.dataset.wordsLarge;
      return;
    }
    const upload = new window.tus.Upload(file, {
      endpoint: form.dataset.upload,
      chunkSize: 8 * KB ** 2,
      retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000],
      metadata: { filename: file.name },
      headers: { "X-CSRFToken": token },
      removeFingerprintOnSuccess: true,
      onProgress: (sent, all) => {
        const percent = all ? Math.floor((sent / all) * 100) : 100;
        bar.value = percent;
        if (percent === told) return; // a reader hears each per cent once
        told = percent;
        status.textContent = form.dataset.wordsSent.replace("{percent}", percent).replace("{sent}", size(sent)).replace("{all}", size(all));
      },
      onShouldRetry: () => {
        status.textContent = form.dataset.wordsFailed;
        return true;
      },
      onError: (error) => {
        status.textContent = error.originalResponse?.getBody() || form.dataset.wordsFailed;
      },
      onSuccess: () => {
        const place = document.createElement("input");
        place.type = "hidden";
        place.name = "upload";
        place.value = upload.url.split("/").pop();
        form.append(place);
        input.disabled = true; // its bytes are there already
        form.submit();
      },
    });
    upload.findPreviousUploads().then((earlier) => {
      if (earlier.length) upload.resumeFromPreviousUpload(earlier[0]);
      upload.start();
    });
  });
}
