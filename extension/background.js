"use strict";
// Judges here, once for all tabs: the rules are read and compiled once, and a page is not held up.
if (globalThis.importScripts) importScripts("rules.js", "checker.js", "explain.js");
{
  const ON_REQUEST = ["style.js", "card.js", "titles.js", "once.js"];
  const language = chrome.i18n.getMessage("language");
  const words = rugkompasRules.words[language];
  const judge = rugkompas.createJudge(rugkompasRules);

  async function explain() {
    const { address } = await chrome.storage.local.get("address");
    const link = address ? { text: words.badge_link, address } : null;
    return rugkompas.createExplain(rugkompasRules, judge, language, link);
  }

  async function answer({ titles, whole }) {
    const { card, summary } = await explain();
    return whole ? summary(titles) : titles.map(card);
  }

  async function check(tab, text = null) {
    const target = { tabId: tab.id };
    const func = (selected) => rugkompas.checkOnce(selected);
    const mark = (sign, title) => {
      chrome.action.setBadgeText({ ...target, text: sign });
      chrome.action.setTitle({ ...target, title });
    };
    try {
      await chrome.scripting.executeScript({ target, files: ON_REQUEST });
      mark("", words.badge_name);
    } catch {
      mark("!", words.badge_not_here); // Pages of the browser itself, and its shop.
      return;
    }
    await chrome.scripting.executeScript({ target, func, args: [text] });
  }

  chrome.runtime.onMessage.addListener((message, sender, respond) => {
    if (sender.id !== chrome.runtime.id) return false;
    answer(message).then(respond);
    return true; // The answer comes later.
  });

  chrome.runtime.onInstalled.addListener(() => {
    chrome.contextMenus.removeAll(() => {
      const titles = { page: words.badge_menu_page, selection: words.badge_menu_text };
      for (const [id, title] of Object.entries(titles)) {
        chrome.contextMenus.create({ id, title, contexts: [id] });
      }
    });
  });
  chrome.contextMenus.onClicked.addListener((info, tab) => check(tab, info.selectionText));
  chrome.action.onClicked.addListener((tab) => check(tab));
}
