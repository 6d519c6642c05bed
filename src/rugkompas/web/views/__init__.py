"""What the site answers: one file for each part of it."""
