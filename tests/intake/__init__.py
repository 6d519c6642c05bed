"""The web component, as a practice puts it on its own site."""
