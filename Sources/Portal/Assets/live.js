// What is new, without reloading: numbers, the bar of new documents, rows that were read elsewhere, the end of the session.

const sentence = (element, count) =>
  (count === 1 ? element.dataset.one : element.dataset.other.replace("2", count));

const showCount = (count) => {
  document.title = (count > 0 ? `(${count}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  for (const element of document.querySelectorAll("[data-unread]")) {
    if (element.dataset.other) element.textContent = sentence(element, count);
    else element.textContent = element.closest(".badge") && count > 99 ? "99+" : count;
  }
  for (const badge of document.querySelectorAll(".badge")) badge.hidden = count === 0;
};

const rowOf = (id) => document.querySelector(`.row a[href^="/documents/${CSS.escape(id)}"]`)?.closest(".row");

// a bar, never a row: nothing moves under the pointer
const arrivals = new Set();
let others = 0;
const showArrivals = () => {
  const link = document.querySelector(".arrived a");
  if (!link) return;
  link.textContent = sentence(link, arrivals.size + others);
  link.hidden = false;
};
const showArrival = (id) => {
  if (rowOf(id) || location.pathname.endsWith(id)) return;
  arrivals.add(id);
  showArrivals();
};

// of a document that was taken back nothing stays on the screen
const showTakenBack = (id) => {
  arrivals.delete(id);
  rowOf(id)?.remove();
  const notice = document.querySelector("#retire");
  if (!notice || location.pathname.split("/")[2] !== id) return;
  const hadFocus = notice.parentElement.contains(document.activeElement);
  notice.parentElement.replaceChildren(notice);
  notice.hidden = false;
  if (hadFocus) notice.focus();
};

// events name nobody: the page asks, as its list would
const nameReader = async (id, row, words) => {
  try {
    const answer = await fetch(`/documents/${id}/lecteur`, { headers: { Accept: "application/json" } });
    const { nom: name } = answer.ok ? await answer.json() : {};
    if (!name) return;
    const chip = document.createElement("span");
    chip.className = "chip chip--neutral";
    chip.textContent = words.replace("…", name);
    row.querySelector(".row__m").append(chip);
  } catch { /* no network: the list says it when it is drawn again */ }
};

const showRead = (id, reader) => {
  const row = rowOf(id);
  const words = row?.closest(".rows")?.dataset.other;
  if (reader === "delegue" && words && row.matches(".row--new")) nameReader(id, row, words);
  row?.classList.remove("row--new");
  row?.querySelector("a .vh")?.remove();
  row?.querySelector(".chip--info")?.remove();
};

export const live = (band) => {
  const [space, start] = band.dataset.place.split(" ");
  const words = band.querySelector("p");
  const stay = band.querySelector("button");
  let timer = 0;
  let last = start;
  let failures = 0;
  let tag = "";

  const say = (text, canStay) => {
    words.textContent = text;
    stay.hidden = !canStay;
    band.hidden = false;
  };
  const act = {
    compteurs: ({ non_lus: count }) => showCount(count),
    document: ({ id }) => showArrival(id),
    // many at once: the newest are named, these are counted
    autres: ({ nombre: count }) => {
      others += count;
      showArrivals();
    },
    retrait: ({ id }) => showTakenBack(id),
    "document-lu": ({ id, par: reader }) => showRead(id, reader),
    // two minutes before the end
    session: ({ dans: seconds }) => {
      band.hidden = true;
      clearTimeout(timer);
      timer = setTimeout(() => say(words.dataset.other, true), Math.max(0, seconds - 120) * 1000);
    },
    espace: () => {
      clearTimeout(timer);
      say(words.dataset.one, false);
    },
  };
  stay.addEventListener("click", async () => {
    try {
      const answer = await fetch("/compteurs?present=1", { headers: { Accept: "application/json" } });
      if (answer.ok) band.hidden = true;
      else if (answer.status === 401) tell("espace", {});
    } catch { /* no network: the line stays, and so does its button */ }
  });

  // one stream a browser: the tab that holds the lock listens and tells the others of the same space
  const tabs = new BroadcastChannel("passerelle");
  tabs.onmessage = ({ data }) => { if (data.space === space) act[data.name]?.(data.value); };
  const tell = (name, value) => {
    act[name](value);
    tabs.postMessage({ space, name, value });
  };

  const poll = async () => {
    try {
      const answer = await fetch("/compteurs", { headers: { Accept: "application/json", "If-None-Match": tag } });
      if (answer.status === 401) return tell("espace", {});
      tag = answer.headers.get("ETag") ?? tag;
      if (answer.ok) tell("compteurs", await answer.json());
    } catch { /* no network: again in a minute */ }
    setTimeout(poll, 60000);
  };
  const connect = () => {
    const stream = new EventSource(`/evenements?depuis=${last}`);
    for (const name of Object.keys(act)) {
      stream.addEventListener(name, (event) => {
        failures = 0;
        last = event.lastEventId || last;
        tell(name, JSON.parse(event.data));
        if (name === "espace") stream.close();
      });
    }
    // the browser itself comes back after an interruption, not after a refusal
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      failures += 1;
      setTimeout(failures < 3 ? connect : poll, 5000);
    };
  };
  // who only passes by does not connect
  setTimeout(() => {
    if (navigator.locks) navigator.locks.request("evenements", () => new Promise(connect));
    else connect();
  }, 800);
};
