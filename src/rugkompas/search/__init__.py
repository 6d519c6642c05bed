"""Questions that people ask, found again in their own words: forgiving spelling, inflection and
synonyms, and showing first what sounds like an alarm sign."""

from rugkompas.search.find import Finder, Found, Hit, finder
from rugkompas.search.signs import Sign

__all__ = ["Finder", "Found", "Hit", "Sign", "finder"]
