"""The site: the same rule book, one question a page, for a person with a phone.

A page is made of an assessment and words; no rule and no sentence about health lives here.
Answers travel in one encrypted cookie (``visit.py``); only who asks for it leaves something on
the server: a sealed parcel for another device (``models.py``).
"""
