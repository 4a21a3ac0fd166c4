// Passkeys: signing in with one, and making one.

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

// a passkey signs in: the browser asks for it, and its answer goes as an ordinary form
export const passkey = (form) => {
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
};

// a new passkey
export const newPasskey = (form) => {
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
};

// what one reads where there are no passkeys
export const withoutPasskeys = (sentence) => {
  sentence.hidden = !document.querySelector("[data-boot=newPasskey]").hidden;
};
