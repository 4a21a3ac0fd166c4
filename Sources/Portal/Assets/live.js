// What is new, without reloading: numbers, the bar of new documents, rows that were read elsewhere, the end of the session.

// more are not counted
const upTo = (most, count) => (count > most ? most + "+" : count);
const sentence = ({ dataset }, count) => (count === 1 ? dataset.one : dataset.other.replace("2", upTo(1000, count)));

const showCount = (count) => {
  document.title = (count ? `(${upTo(1000, count)}) ` : "") + document.title.replace(/^\([\d’+]+\) /, "");
  for (const one of document.querySelectorAll("[data-unread]")) {
    one.textContent = one.dataset.other ? sentence(one, count) : upTo(one.closest(".badge") ? 99 : 1000, count);
  }
  for (const badge of document.querySelectorAll(".badge")) badge.hidden = !count;
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
  // what is to be said of the session; and whether nothing can be reached
  let said = "";
  let isLost = false;

  const say = (text) => {
    said = text;
    show();
  };
  const show = () => {
    const text = isLost && said !== words.dataset.one ? band.dataset.other : said;
    // said once, however often it is tried again
    if (words.textContent !== text) words.textContent = text;
    stay.hidden = text !== words.dataset.other;
    band.hidden = text === "";
  };
  const act = {
    lien: ({ perdu }) => {
      isLost = perdu;
      show();
    },
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
      say("");
      clearTimeout(timer);
      timer = setTimeout(() => say(words.dataset.other), Math.max(0, seconds - 120) * 1000);
    },
    espace: () => {
      clearTimeout(timer);
      say(words.dataset.one);
    },
  };
  stay.addEventListener("click", async () => {
    try {
      const answer = await fetch("/compteurs?present=1", { headers: { Accept: "application/json" } });
      if (answer.ok) say("");
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

  const hear = (isThere) => { if (isLost === isThere) tell("lien", { perdu: !isThere }); };
  const ask = async () => {
    try {
      const answer = await fetch("/compteurs", { headers: { Accept: "application/json", "If-None-Match": tag } });
      if (answer.status === 401) return tell("espace", {});
      tag = answer.headers.get("ETag") ?? tag;
      hear(answer.status < 500);
      if (answer.ok) tell("compteurs", await answer.json());
    } catch { hear(false); }
  };
  // without events: asked each minute, or sooner while nothing answers; after ten times, or once something answers
  // again, events are tried anew
  const poll = async (left) => {
    const wasLost = isLost;
    await ask();
    if (said === words.dataset.one) return;
    if (left === 0 || (wasLost && !isLost)) connect();
    else setTimeout(poll, isLost ? 15000 : 60000, isLost ? left : left - 1);
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
    stream.onopen = () => hear(true);
    // the browser itself comes back after an interruption, not after a refusal
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return ask();
      failures += 1;
      if (failures < 3) ask();
      setTimeout(failures < 3 ? connect : poll, 5000, 10);
    };
  };
  // who only passes by does not connect
  setTimeout(() => {
    if (navigator.locks) navigator.locks.request("evenements", () => new Promise(connect));
    else connect();
  }, 800);
};
