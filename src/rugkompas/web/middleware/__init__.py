"""What happens to every request: one file for each thing."""
