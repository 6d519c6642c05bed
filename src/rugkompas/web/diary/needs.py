"""Which diary a view works with. Here alone is chosen where it lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect

from rugkompas.web.accounts.of import account_diary
from rugkompas.web.cookies import LANGUAGES, speak
from rugkompas.web.diary.shown import not_opened
from rugkompas.web.diary.store import NotADiary, PageDiary, Store, unpacked
from rugkompas.web.requests import VisitRequest
from rugkompas.web.rules import knowledge, today

FIELD = "diary"
View = Callable[..., HttpResponse]


def with_diary(view: View) -> View:
    """The view gets the diary of this person; who has none opens or begins one first.

    A change of language comes as a button of the same form, so that the diary is not lost.
    """

    @wraps(view)
    def shown(request: VisitRequest, *args: object) -> HttpResponse:
        wanted = request.POST.get("language", "")
        if wanted in LANGUAGES:
            request.language = wanted
        try:
            diary = diary_of(request)
        except NotADiary as error:
            return not_opened(request, error.kind)
        if diary is None:
            return redirect("diary")
        response = view(request, diary, *args)
        if wanted in LANGUAGES:
            speak(response, wanted)
        return response

    return shown


def diary_of(request: VisitRequest) -> Store | None:
    """The diary that this request is about: the one in its page, otherwise the one in the
    account of who is signed in. None: there is none yet. Raises NotADiary and DatabaseError."""
    text = request.POST.get(FIELD, "")
    if text:
        return unpacked(text, knowledge(), today())
    return account_diary(request)


def page_diary(request: VisitRequest) -> PageDiary | None:
    """The diary in the page, for what only such a diary can do. Raises NotADiary."""
    found = diary_of(request)
    return found if isinstance(found, PageDiary) else None


def acts(request: VisitRequest, name: str) -> bool:
    """The button for doing something was pressed, and not one that only shows the page."""
    return (
        request.method == "POST"
        and request.POST.get("do") == name
        and not (request.POST.get("language"))
    )
