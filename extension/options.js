"use strict";
// The one setting: the address of somebody's own Rugkompas.
{
  const language = chrome.i18n.getMessage("language");
  const words = rugkompasRules.words[language];
  const [form, field, wrong, done] = ["form", "#address", "#wrong", "#done"].map((it) =>
    document.querySelector(it),
  );

  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = words[element.dataset.say];
  }
  document.title = `${words.badge_settings} - Rugkompas`;
  chrome.storage.local.get("address").then(({ address }) => {
    field.value = address ?? "";
  });

  /** Only a secure address, or one on this device. */
  function isAddress(text) {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    const own = ["localhost", "127.0.0.1"].includes(hostname);
    return protocol === "https:" || (protocol === "http:" && own);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const address = field.value.trim();
    const fits = !address || isAddress(address);
    wrong.textContent = fits ? "" : words.badge_address_wrong;
    field.setAttribute("aria-invalid", String(!fits));
    done.textContent = "";
    if (!fits) {
      field.focus();
      return;
    }
    await chrome.storage.local.set({ address });
    done.textContent = words.badge_saved;
  });
}
