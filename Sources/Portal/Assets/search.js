// Results while one types. What was typed travels in the body of a form; the address that comes back holds it sealed.

export const search = (form) => {
  const place = document.querySelector(form.dataset.place);
  if (!place) return;
  let timer, running;
  // an unfiltered list under the typed words would be a wrong answer: it goes
  const fail = () => {
    const words = document.createElement("p");
    words.className = "note note--danger";
    words.role = "alert";
    words.textContent = form.dataset.other;
    for (const name of ["filtres", "nombre"]) document.querySelector(`[data-part=${name}]`)?.replaceChildren();
    document.querySelector("[data-part=lignes]")?.replaceChildren(words);
    place.ariaBusy = "false";
  };
  const ask = async () => {
    running?.abort();
    const { signal } = running = new AbortController();
    place.ariaBusy = "true";
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal });
      // the session has ended: one signs in, and comes back to the list
      if (new URL(answer.url).pathname.startsWith("/connexion")) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.querySelector(form.dataset.place)) return fail();
      for (const part of document.querySelectorAll("[data-part]")) {
        part.replaceChildren(...(page.querySelector(`[data-part=${part.dataset.part}]`)?.childNodes ?? []));
      }
      history.replaceState(null, "", answer.url);
      place.ariaBusy = "false";
    } catch {
      // unless a newer question is on its way
      if (!signal.aborted) fail();
    }
  };
  form.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  };
  // who types fast has begun before this file came
  if (form.q.value !== form.q.defaultValue) form.oninput();
};
