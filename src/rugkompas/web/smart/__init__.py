"""SMART App Launch: the interview opened from a record system, with what the record surely says."""
