// Results while one types. What was typed travels in the body of a form; the address that comes back holds it sealed.

export const search = (form) => {
  const place = document.querySelector(form.dataset.place);
  if (!place) return;
  let timer = 0;
  let running;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    place.ariaBusy = "true";
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body, signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector(form.dataset.place)) return;
      for (const part of document.querySelectorAll("[data-part]")) {
        part.replaceChildren(...(page.querySelector(`[data-part=${part.dataset.part}]`)?.childNodes ?? []));
      }
      history.replaceState(null, "", answer.url);
      place.ariaBusy = "false";
    } catch { /* a newer question, or no network: the button asks again */ }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
};
