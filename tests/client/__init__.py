"""The Python client, as a program of somebody else uses it."""
