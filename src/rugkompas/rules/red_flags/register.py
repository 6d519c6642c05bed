"""Ties a function to the id of its row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from rugkompas.catalogue.parameters import Parameters
from rugkompas.logic.verbs import Questions

Row = Callable[[Questions[Any], Parameters], Any]
F = TypeVar("F", bound=Callable[..., Any])


class Rows:
    """``@row("E01")`` above a function; ``rows`` keeps them in the order written."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def __call__(self, id_: str) -> Callable[[F], F]:
        def keep(function: F) -> F:
            if id_ in self.rows:
                raise ValueError(f"row {id_} has two functions")
            self.rows[id_] = function
            return function

        return keep
