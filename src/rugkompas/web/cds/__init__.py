"""CDS Hooks over HTTP: who may call, what was sent, and the cards that go back."""
