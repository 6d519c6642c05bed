"""The parts of docs/reference that are made, a module for each kind of page."""
