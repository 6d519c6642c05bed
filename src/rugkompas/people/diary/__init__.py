"""The diary of one person: what it holds, its file, and its days as numbers."""

from rugkompas.people.diary.book import Book, Conflict, DiaryError
from rugkompas.people.diary.days import Days, days
from rugkompas.people.diary.entry import Entry, Episode, Experiment, Week, entry, episode, new_id
from rugkompas.people.diary.experiment import experiment
from rugkompas.people.diary.file import Diary

__all__ = [
    "Book",
    "Conflict",
    "Days",
    "Diary",
    "DiaryError",
    "Entry",
    "Episode",
    "Experiment",
    "Week",
    "days",
    "entry",
    "episode",
    "experiment",
    "new_id",
]
