// Everything here is an addition: each page does its whole job without it. An element names what it wants in
// data-boot; what only some pages want is a module of its own, loaded when its name occurs.

const boot = {
  // «Afficher» beside a password
  reveal(button) {
    const field = document.getElementById(button.getAttribute("aria-controls"));
    button.hidden = false;
    button.addEventListener("click", () => {
      field.type = field.type === "text" ? "password" : "text";
      const word = button.firstElementChild;
      [word.textContent, button.dataset.other] = [button.dataset.other, word.textContent];
    });
    // never leave a readable password in the form history
    field.form.addEventListener("submit", () => { field.type = "password"; });
  },

  // six digits, pasted, filled in or typed, are sent at once
  code(field) {
    let isSent = false;
    field.oninput = () => {
      const digits = field.value.replace(/\D/g, "");
      if (digits.length !== 6 || isSent) return;
      isSent = true;
      field.value = digits;
      field.form.requestSubmit();
      // Enter, by habit, a moment later: it would come with the session that has just ended
      field.form.addEventListener("submit", (event) => event.preventDefault(), { once: true });
    };
  },

  // a <details> that behaves as a menu: closes on Escape and on a click elsewhere
  menu(details) {
    document.addEventListener("click", (event) => {
      if (details.open && !details.contains(event.target)) details.open = false;
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.firstElementChild.focus();
    });
  },

  // a form that is saved by its button only: the browser asks before what was typed is lost; «Rétablir» is meant, but
  // for more than one field it asks too
  guard(form) {
    const changed = new Set();
    form.addEventListener("input", (event) => changed.add(event.target.name));
    form.addEventListener("submit", () => changed.clear());
    form.querySelector(".savebar a")?.addEventListener("click", () => { if (changed.size < 2) changed.clear(); });
    addEventListener("beforeunload", (event) => { if (changed.size) event.preventDefault(); });
  },

  // tabs that scroll begin with the current one in view
  tabs(list) {
    const current = list.querySelector("[aria-current]");
    if (current) list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
  },

  // the print page opens the browser's dialog once its images are there
  print(button) {
    button.hidden = false;
    button.addEventListener("click", () => print());
    const images = [...document.querySelectorAll("main img")];
    if (images.length) Promise.allSettled(images.map((image) => image.decode())).then(() => print());
  },
};

// each loaded once, by the pages where its name occurs
const passkeys = () => import("./passkey.js");
const lookups = () => import("./lookup.js");
const modules = {
  passkey: passkeys, newPasskey: passkeys, withoutPasskeys: passkeys, secured: lookups, registered: lookups,
  rows: () => import("./list.js"), live: () => import("./live.js"), search: () => import("./search.js"),
};

for (const element of document.querySelectorAll("[data-boot]")) {
  const name = element.dataset.boot;
  boot[name]?.(element);
  modules[name]?.().then((module) => module[name](element));
}
