// Everything here is an addition: each page does its whole job without it. An element names what it wants in
// data-boot; nothing is stored but the position of the list, for the time of the visit.

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

// base64url, as the server writes and reads it
const bytes = (word) => Uint8Array.from(atob(word.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

// shows a form where passkeys work and belong to this place; fills in what `ask` brings, and sends it
const withPasskeys = (form, ask) => {
  const options = JSON.parse(form.dataset.options);
  const isHome = location.hostname === options.party || location.hostname.endsWith(`.${options.party}`);
  if (!window.PublicKeyCredential || !isHome) return;
  const status = form.querySelector("[role=status]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    status.textContent = "";
    try {
      for (const [name, value] of Object.entries(await ask(options))) form.elements[name].value = value;
      form.submit();
    } catch {
      status.textContent = status.dataset.other;
    }
  });
};

// what is typed is looked up by the form's second button; its answer is said beside
const lookUp = (field, whole) => {
  const said = document.getElementById(field.id + "-etat");
  const button = field.form.querySelector("[formaction]");
  let timer = 0;
  let turn = 0;
  const ask = async () => {
    const mine = ++turn;
    const form = new FormData(field.form);
    const body = new URLSearchParams({ _jeton: form.get("_jeton"), [field.name]: field.value });
    try {
      const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== turn) return;
      const { state, text } = await answer.json();
      said.textContent = text;
      said.dataset.state = state;
    } catch { /* no network: sending will tell */ }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    turn++;
    said.textContent = "";
    if (whole.test(field.value.trim())) timer = setTimeout(ask, 500);
  });
};

const boot = {
  // «Afficher» beside a password
  reveal(button) {
    const field = document.getElementById(button.getAttribute("aria-controls"));
    button.hidden = false;
    button.addEventListener("click", () => {
      const isShown = field.type === "text";
      field.type = isShown ? "password" : "text";
      const word = button.firstElementChild;
      [word.textContent, button.dataset.other] = [button.dataset.other, word.textContent];
    });
    // never leave a readable password in the form history
    field.form.addEventListener("submit", () => { field.type = "password"; });
  },

  // six digits, pasted, filled in or typed, are sent at once
  code(field) {
    let isSent = false;
    field.addEventListener("input", () => {
      const digits = field.value.replace(/\D/g, "");
      if (digits.length !== 6 || isSent) return;
      isSent = true;
      field.value = digits;
      field.form.requestSubmit();
    });
  },

  // a passkey signs in: the browser asks for it, and its answer goes as an ordinary form
  passkey(form) {
    withPasskeys(form, async (options) => {
      const { id, response } = await navigator.credentials.get({
        publicKey: {
          challenge: bytes(options.challenge), rpId: options.party, userVerification: "required", timeout: 120000,
        },
      });
      return {
        id, clientData: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
        signature: text(response.signature), handle: text(response.userHandle ?? new ArrayBuffer(0)),
      };
    });
  },

  // a new passkey
  newPasskey(form) {
    withPasskeys(form, async (options) => {
      const { response } = await navigator.credentials.create({
        publicKey: {
          challenge: bytes(options.challenge),
          rp: { id: options.party, name: options.product },
          user: { id: bytes(options.handle), name: options.email, displayName: options.name },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -8 }],
          authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
          attestation: "none",
          excludeCredentials: options.known.map((id) => ({ type: "public-key", id: bytes(id) })),
          timeout: 120000,
        },
      });
      return { clientData: text(response.clientDataJSON), attestationObject: text(response.attestationObject) };
    });
  },

  // what one reads where there are no passkeys
  withoutPasskeys(sentence) {
    sentence.hidden = !document.querySelector("[data-boot=newPasskey]").hidden;
  },

  // a <details> that behaves as a menu: closes on Escape and on a click elsewhere
  menu(details) {
    document.addEventListener("click", (event) => {
      if (details.open && !details.contains(event.target)) details.open = false;
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  },

  // the list keeps its place; j and k, or the arrows, go from row to row while the focus is in the list
  rows(list) {
    const links = [...list.querySelectorAll(".row a")];
    const place = links[0]?.pathname ?? "";
    const current = list.querySelector("a[aria-current]");
    list.scrollTop = Number(sessionStorage.getItem(place) ?? 0);
    if (current) {
      const row = current.closest(".row").getBoundingClientRect();
      const box = list.getBoundingClientRect();
      if (row.top < box.top + 32 || row.bottom > box.bottom) current.closest(".row").scrollIntoView({ block: "nearest" });
    }
    addEventListener("pagehide", () => sessionStorage.setItem(place, String(Math.round(list.scrollTop))));
    if (list.dataset.keys === "off") return;
    list.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (!step || links.length === 0) return;
      event.preventDefault();
      const at = links.indexOf(document.activeElement);
      const next = at < 0 ? Math.max(0, links.indexOf(current)) : Math.min(links.length - 1, Math.max(0, at + step));
      links[next].focus();
    });
  },

  // the mail for documents is looked up while it is typed; saving checks it again
  secured(field) { lookUp(field, /^[^@\s]+@[^@\s]+\.[^@\s]+$/); },

  // a GLN is looked up in the registers while it is typed: «Est-ce vous ?»
  registered(field) { lookUp(field, /^(\s*\d){13}$/); },

  // a form that is saved by its button only: the browser asks before what was typed is lost; «Rétablir» is meant, but
  // for more than one field it asks too
  guard(form) {
    const changed = new Set();
    form.addEventListener("input", (event) => changed.add(event.target.name));
    form.addEventListener("submit", () => changed.clear());
    form.querySelector(".savebar a")?.addEventListener("click", () => { if (changed.size < 2) changed.clear(); });
    addEventListener("beforeunload", (event) => { if (changed.size > 0) event.preventDefault(); });
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
    if (images.length === 0) return;
    Promise.allSettled(images.map((image) => image.decode())).then(() => print());
  },
};

for (const element of document.querySelectorAll("[data-boot]")) boot[element.dataset.boot]?.(element);
