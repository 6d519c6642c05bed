"""The account that nobody needs: an e-mail address, and a diary that the server keeps sealed.

The site works whole without it. What it keeps, for how long and how it goes away stands in
docs/decisions/0020-an-account-that-nobody-needs.md.
"""
