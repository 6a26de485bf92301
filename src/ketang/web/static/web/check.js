// A check that goes on: its progress is asked for every few seconds, and the page renews itself when it is over.

for (const place of document.querySelectorAll("[data-check]")) {
  const status = place.querySelector("[role=status]");
  const bar = place.querySelector("progress");
  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.check, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = await answer.json();
      const words = told.media ? `${told.state} ${told.done} / ${told.media}` : told.state;
      if (status.textContent !== words) status.textContent = words;
      if (bar) bar.value = told.done;
      if (told.over || (!bar && told.media)) location.reload();
    } catch {
      // the line is cut: it is asked again
    }
  };
  setInterval(ask, 3000);
}
