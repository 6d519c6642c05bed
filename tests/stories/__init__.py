"""Stories of people who use the site, in Debian's Chromium against a running server.

The folder is a package so that its server and browser end with its last story.
"""
