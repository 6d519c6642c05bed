"use strict";
// Search and video result pages: which elements are titles, and results that come later.
{
  const SITES = [
    {
      host: /^www\.google\./,
      titles: '#search a h3, #botstuff a h3, #rso a [role="heading"]',
      beside: [],
    },
    {
      host: /^(www|m)\.youtube\.com$/,
      titles:
        "#video-title, a.yt-lockup-metadata-view-model__title, " +
        "h3.shortsLockupViewModelHostMetadataTitle, .media-item-headline",
      beside: ["#title-wrapper", "h3"],
    },
    {
      host: /^www\.tiktok\.com$/,
      titles: '[data-e2e="search-card-video-caption"], [data-e2e$="video-desc"]',
      beside: [],
    },
    {
      host: /^www\.bing\.com$/,
      titles: "#b_results .b_algo h2 a, .mc_vtvc_title",
      beside: ["h2"],
    },
    {
      host: /(^|\.)duckduckgo\.com$/,
      titles: 'a[data-testid="result-title-a"], a.result__a',
      beside: ["h2"],
    },
  ];
  const LATEST_MS = 1000;

  function watch({ titles, beside }) {
    let waiting = false;
    const observer = new MutationObserver(() => later());
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestIdleCallback(run, { timeout: LATEST_MS });
    };
    async function run() {
      waiting = false;
      try {
        await rugkompas.titles.mark(titles, beside);
      } catch {
        observer.disconnect(); // The extension was updated or removed.
      }
    }
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    later();
  }

  const site = SITES.find(({ host }) => host.test(location.hostname));
  if (site) watch(site);
}
