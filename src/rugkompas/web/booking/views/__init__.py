"""The pages: one file for each visitor."""
