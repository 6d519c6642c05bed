"""The diary of one person: what it holds, its file, and its days as numbers."""

from rugkompas.people.diary.book import Book, Conflict, DiaryError
from rugkompas.people.diary.days import Days, days
from rugkompas.people.diary.entry import Entry, Episode, Week, entry, episode, new_id
from rugkompas.people.diary.file import Diary

__all__ = [
    "Book",
    "Conflict",
    "Days",
    "Diary",
    "DiaryError",
    "Entry",
    "Episode",
    "Week",
    "days",
    "entry",
    "episode",
    "new_id",
]
