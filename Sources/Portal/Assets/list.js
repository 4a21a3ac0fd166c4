// The lists of documents and patients: their place, their selection, and the keys of lists and documents.

const all = (selector) => [...document.querySelectorAll(selector)];
const first = (selector) => document.querySelector(selector);
const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

const boxes = () => all(".sel input");
const links = () => all(".rows .row a");
// the row one is in, or the one whose document is open
const row = () => (document.activeElement.closest(".row") ?? first(".row a[aria-current]")?.closest(".row"));

// the row to which one comes back from a page that is about to go
const idOf = (link) => link?.pathname.split("/")[2];
const comeBack = (id) => { if (id) sessionStorage.setItem("ligne", id); };

let lastBox;
const choose = (box, isRange) => {
  const chosen = boxes();
  const [from, to] = [chosen.indexOf(isRange && lastBox ? lastBox : box), chosen.indexOf(box)].sort((a, b) => a - b);
  for (const one of chosen.slice(from, to + 1)) one.checked = box.checked;
  lastBox = box;
  tell();
};
const tell = () => {
  const words = first(".bulk b");
  const count = boxes().filter((box) => box.checked).length;
  if (count > 0) words.textContent = count === 1 ? words.dataset.one : words.dataset.other.replace("2", count);
};

// a button over the list, for the chosen rows or else for the one where one is
const act = (name) => {
  if (!boxes().some((box) => box.checked)) {
    const box = row()?.querySelector(".sel input");
    if (!box) return;
    box.checked = true;
    tell();
  }
  if (name === "nonlu") comeBack(idOf(row()?.querySelector("a") ?? first(".row:has(input:checked) a")));
  first(`.bulk [value=${name}]`)?.click();
};

const step = (by) => {
  const rows = links();
  const at = rows.indexOf(row()?.querySelector("a"));
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
};
const turn = (by) => {
  const pages = all(".paper");
  const top = first(".doc__b")?.getBoundingClientRect().top ?? 0;
  const at = pages.findLastIndex((page) => page.getBoundingClientRect().top <= top + 40);
  pages[Math.min(pages.length - 1, Math.max(0, at + by))]?.scrollIntoView();
};
const isOpen = () => first("#document") !== null && !document.activeElement.closest(".rows");
const click = (selector) => first(selector)?.click();

const keys = {
  "/": () => (first("#p-q") ?? first("#q"))?.focus(),
  j: () => (isOpen() ? click(".doc__nav [rel=next]") : step(1)),
  k: () => (isOpen() ? click(".doc__nav [rel=prev]") : step(-1)),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  n: () => click(".row--new a"),
  u: () => (isOpen() ? click("#document .mark button") : act("nonlu")),
  x: () => row()?.querySelector(".sel input")?.click(),
  X: () => {
    const box = row()?.querySelector(".sel input");
    if (!box) return;
    box.checked = true;
    choose(box, true);
  },
  d: () => (isOpen() ? click(".doc__bar [href*=fichier]") : act("zip")),
  p: () => (isOpen() ? click(".doc__bar [href*=imprimer]") : act("imprimer")),
  "[": () => turn(-1),
  "]": () => turn(1),
  f: () => click(".doc__full"),
  "?": () => location.assign("/raccourcis"),
  gd: () => location.assign("/documents"),
  gp: () => location.assign("/patients"),
  ge: () => location.assign("/delegation"),
  // on the list it opens the document where one is at this place
  r: () => {
    const link = row()?.querySelector("a[href^='/documents/']");
    if (isOpen()) first("#contact-service")?.focus();
    else if (link) location.assign(`${link.href}#contact-service`);
  },
  Escape: () => {
    if (boxes().some((box) => box.checked)) first(".bulk").reset();
    else if (isOpen()) {
      const current = first(".row a[aria-current]");
      // on a narrow screen the list is another page
      if (current?.offsetParent) current.focus();
      else click(".doc__back");
    }
  },
  z: () => click(".note .mark button"),
};

// a heading scrolls nothing: the keys that scroll go to the document below it
const scroll = {
  PageDown: 0.9, " ": 0.9, PageUp: -0.9, ArrowDown: 0.08, ArrowUp: -0.08, End: Infinity, Home: -Infinity,
};
const open = (heading) => {
  const paper = first(".doc__b");
  comeBackFrom();
  if (document.activeElement === document.body && !location.hash) heading.focus({ preventScroll: true });
  document.addEventListener("keydown", (event) => {
    const by = scroll[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== " ")) return;
    if (event.target !== heading && event.target !== document.body) return;
    if (paper.scrollHeight <= paper.clientHeight) return;
    event.preventDefault();
    const page = paper.clientHeight * (event.shiftKey ? -by : by);
    paper.scrollTo({ top: Number.isFinite(page) ? paper.scrollTop + page : page > 0 ? paper.scrollHeight : 0 });
  });
};
const comeBackFrom = () => {
  const id = location.pathname.split("/")[2];
  const leave = () => comeBack(id);
  for (const form of all("#document .mark")) form.addEventListener("submit", leave);
  first(".doc__back")?.addEventListener("click", leave);
};
const returnTo = () => {
  for (const undo of all(".note .mark")) {
    undo.addEventListener("submit", () => comeBack(undo.querySelector("[name=d]").value));
  }
  const id = sessionStorage.getItem("ligne");
  sessionStorage.removeItem("ligne");
  if (id) links().find((link) => idOf(link) === id)?.focus();
};

export const rows = (list) => {
  const place = location.pathname.split("/")[1];
  const current = list.querySelector("a[aria-current]");
  list.scrollTop = Number(sessionStorage.getItem(place) ?? 0);
  if (current) {
    const row = current.closest(".row").getBoundingClientRect();
    const box = list.getBoundingClientRect();
    if (row.top < box.top + 32 || row.bottom > box.bottom) current.closest(".row").scrollIntoView({ block: "nearest" });
  }
  const heading = first("#document-t");
  if (heading) open(heading);
  else returnTo();
  addEventListener("pagehide", () => sessionStorage.setItem(place, String(Math.round(list.scrollTop))));
  first(".bulk")?.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    event.preventDefault();
    for (const box of boxes()) box.checked = true;
    tell();
  });
  tell();
  list.addEventListener("click", (event) => {
    if (event.target.matches(".sel input")) choose(event.target, event.shiftKey);
  });
  if (list.dataset.keys === "off") return;
  let prefix = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key.startsWith("Arrow") && !event.target.closest(".rows")) return;
    const key = keys[prefix + event.key];
    prefix = event.key === "g" ? "g" : "";
    if (!key) return;
    event.preventDefault();
    key();
  });
};
