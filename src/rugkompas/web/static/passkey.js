// The only script of the site, on pages that ask the browser for a passkey. It sends nothing
// itself: what the browser gives goes into the form, and the form is sent as any other.
"use strict";

const form = document.getElementById("passkey");
const told = document.getElementById("passkey-options");
const failed = document.getElementById("passkey-failed");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const opened = (listed) => (listed || []).map((it) => ({ ...it, id: bytes(it.id) }));

async function created(options) {
  const asked = options.creation_options.publicKey;
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: opened(asked.excludeCredentials),
    },
  });
  return {
    ...plain(made),
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
    },
  };
}

async function got(options) {
  const asked = options.request_options.publicKey;
  const made = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: opened(asked.allowCredentials),
    },
  });
  return {
    ...plain(made),
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      authenticatorData: text(made.response.authenticatorData),
      signature: text(made.response.signature),
      userHandle: made.response.userHandle ? text(made.response.userHandle) : null,
    },
  };
}

const plain = (made) => ({
  id: made.id,
  rawId: text(made.rawId),
  type: made.type,
  clientExtensionResults: made.getClientExtensionResults(),
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  failed.hidden = true;
  try {
    const options = JSON.parse(told.textContent);
    const made = form.dataset.how === "create" ? await created(options) : await got(options);
    document.getElementById("credential").value = JSON.stringify(made);
  } catch {
    // Cancelled, no passkey here, or the browser does not know them: the words are on the page.
    failed.hidden = false;
    failed.focus();
    return;
  }
  form.submit();
});
