"""The browser extension, in Debian's Chromium, on pages of results that were made for this."""
