"""The diary on the site: the same file as on a terminal, held by the page of the person.

Views work with a ``Store``; which one a person has is chosen in one place (``needs.py``).
"""
