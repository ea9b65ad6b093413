/* Asks the browser for a passkey, or for a proof that one is there, and sends the answer with the form.
   For forms with data-passkey="create" or "get"; their options stand in the page or are fetched from the form's address. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  async function optionsOf(form) {
    const kept = document.getElementById(form.dataset.options);
    if (kept) return JSON.parse(kept.textContent);
    const response = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!response.ok) throw new Error("no options");
    return response.json();
  }

  async function create(form) {
    const asked = (await optionsOf(form)).creation_options.publicKey;
    const alone = Boolean(form.elements.passwordless && form.elements.passwordless.checked);
    const authenticatorSelection = { ...asked.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
    if (alone) authenticatorSelection.userVerification = "required";
    return navigator.credentials.create({ publicKey: { ...asked, authenticatorSelection, challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: known(asked.excludeCredentials) } });
  }

  async function get(form) {
    const asked = (await optionsOf(form)).request_options.publicKey;
    return navigator.credentials.get({ publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) } });
  }

  function asWords(made) {
    const given = made.response, response = { clientDataJSON: text(given.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (given[name]) response[name] = text(given[name]);
    if (given.getTransports) response.transports = given.getTransports();
    return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults() };
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const line = form.querySelector("[data-passkey-status]");
      try {
        if (line) line.textContent = "";
        const made = form.dataset.passkey === "create" ? await create(form) : await get(form);
        form.elements.credential.value = JSON.stringify(asWords(made));
        form.submit();
      } catch { if (line) line.textContent = line.dataset.failed; }
    });
  }
})();
