"""Pages of the diary: one file for each thing that a person does."""
