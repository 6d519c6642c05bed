"""A typed client for the API of Rugkompas: answers about low back pain in, an assessment out."""

from rugkompas_client.answers import Answers, Diary
from rugkompas_client.client import VERSION, Rugkompas, with_answer
from rugkompas_client.errors import (
    Invalid,
    NotThere,
    NotUnderstood,
    Refused,
    RugkompasError,
    TooLarge,
    TooMany,
    TooSlow,
    Unreachable,
)

__all__ = [
    "Answers",
    "Diary",
    "Invalid",
    "NotThere",
    "NotUnderstood",
    "Refused",
    "Rugkompas",
    "RugkompasError",
    "TooLarge",
    "TooMany",
    "TooSlow",
    "Unreachable",
    "VERSION",
    "with_answer",
]
