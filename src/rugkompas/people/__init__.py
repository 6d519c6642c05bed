"""How answers come in: checked against the questions, coded for the rules, or refused with
a reason. Unknown, not asked and no stay three different things."""
