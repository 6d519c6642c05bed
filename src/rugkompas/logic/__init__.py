"""The verbs in which rules are written, and the carriers that run them.

A rule is one small function of answers and parameters. It never knows what carries it: one
person with reasons (``one``), all what-ifs of one person at the same time (``what_if``), the
people of a table (``packed``), or the solver that proves it for everybody (``solver``). A list
of steps (``steps``) keeps what rules ask, so that they need not run again for the next person.
"""
