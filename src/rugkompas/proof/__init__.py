"""Shows that the rules are safe for every combination of answers: by the Z3 solver where a
statement is logical, by running through texts and results where it is about those."""
