"""The pages of an account that are ours alone; those of allauth stand in ``urls.py``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rugkompas.people.diary.book import DiaryError
from rugkompas.people.diary.exchange import as_csv, as_json
from rugkompas.web.accounts import consent, erasing, keeping, mails, reminders
from rugkompas.web.accounts.diary import AccountDiary
from rugkompas.web.accounts.engine import told
from rugkompas.web.accounts.held import all_that_is_held
from rugkompas.web.accounts.models import Account
from rugkompas.web.requests import VisitRequest
from rugkompas.web.shown import show, words

SAFE = ["GET", "HEAD"]
WEEKDAYS = range(7)
View = Callable[..., HttpResponse]


class SignedInRequest(VisitRequest):
    """A request of somebody who is signed in."""

    user: Account


def _signed_in(view: View) -> View:
    """Only for who is signed in; a key that no longer opens the diary is told on a page."""

    @login_required
    @wraps(view)
    def shown(request: SignedInRequest, *args: Any, **names: Any) -> HttpResponse:
        try:
            return view(request, *args, **names)
        except DiaryError as error:
            if error.problem.kind != "diary_sealed":
                raise
            return show(request, "account/sealed.html", status=409)

    return shown


def _asked_again(view: View) -> View:
    """Only for who just showed once more who they are."""
    found: View = reauthentication_required(view)
    return found


@require_http_methods(SAFE)
def home(request: VisitRequest) -> HttpResponse:
    """What an account is; for who is signed in, what they have and can do."""
    account = request.user
    if not isinstance(account, Account):
        return show(request, "account/welcome.html", keep_months=settings.KEEP_MONTHS)
    return show(
        request,
        "account/home.html",
        account=account,
        agreed=consent.has_given(account, "diary"),
        reminder=_weekday(account),
        second_factor=account.has_second_factor,
        until=mails.date(keeping.last_day(account), request.language),
        trial=settings.KEY_OF_THIS_RUN,
        said=told(request),
    )


@require_http_methods([*SAFE, "POST"])
@_signed_in
def agree(request: SignedInRequest) -> HttpResponse:
    """Consent to keep a diary: read, given, or taken back. Back means: the diary goes."""
    account, wrong = request.user, False
    if request.method == "POST" and request.POST.get("action") == "stop":
        consent.end(account, "diary")
        AccountDiary(account).erase()
        return redirect("account")
    if request.method == "POST":
        if request.POST.get("agrees"):
            consent.give(account, "diary", request.language)
            return redirect("account")
        wrong = True
    errors = [{"field": "agrees", "text": words(request.language)("account_wrong_required_agrees")}]
    return show(
        request,
        "account/agree.html",
        status=422 if wrong else 200,
        agreed=consent.has_given(account, "diary"),
        keep_months=settings.KEEP_MONTHS,
        errors=errors if wrong else [],
    )


@require_http_methods(SAFE)
@_signed_in
def move(request: SignedInRequest) -> HttpResponse:
    """Bring a diary from a file into the account, or take it out again."""
    if not consent.has_given(request.user, "diary"):
        return redirect("account_consent")
    days = len(AccountDiary(request.user).book.entries)
    return show(request, "account/move.html", days=days)


@require_http_methods(SAFE)
@_signed_in
def data(request: SignedInRequest) -> HttpResponse:
    """All that is held about somebody, to read and to take along."""

    def date(text: str) -> str:
        return mails.date(dt.date.fromisoformat(text[:10]), request.language)

    return show(request, "account/data.html", held=all_that_is_held(request.user), date=date)


@require_http_methods(SAFE)
@_signed_in
def data_file(request: SignedInRequest) -> HttpResponse:
    """All that is held, with the diary, as JSON."""
    made = all_that_is_held(request.user)
    made["diary"] = json.loads(as_json(AccountDiary(request.user).book))
    text = json.dumps(made, indent=2, ensure_ascii=False).encode() + b"\n"
    return _file(text, "application/json", request, "account_file_data", "json")


@require_http_methods(SAFE)
@_signed_in
def diary_json(request: SignedInRequest) -> HttpResponse:
    """The diary as every Rugkompas reads it."""
    made = as_json(AccountDiary(request.user).book)
    return _file(made, "application/json", request, "account_file_diary", "json")


@require_http_methods(SAFE)
@_signed_in
def diary_csv(request: SignedInRequest) -> HttpResponse:
    """The diary as a table, a row a day."""
    made = as_csv(AccountDiary(request.user).book)
    return _file(made, "text/csv; charset=utf-8", request, "account_file_diary", "csv")


@require_http_methods([*SAFE, "POST"])
@_signed_in
def reminder(request: SignedInRequest) -> HttpResponse:
    """Ask for a mail once a week, choose the day, or stop it."""
    account, wrong = request.user, False
    if request.method == "POST" and request.POST.get("action") == "stop":
        reminders.stop(account)
        return redirect("account")
    if request.method == "POST":
        day = request.POST.get("weekday", "")
        if day in {str(it) for it in WEEKDAYS}:
            reminders.ask(account, int(day), request.language)
            return redirect("account")
        wrong = True
    errors = [{"field": "weekday", "text": words(request.language)("account_wrong_weekday")}]
    return show(
        request,
        "account/reminder.html",
        status=422 if wrong else 200,
        chosen=_weekday(account),
        weekdays=WEEKDAYS,
        errors=errors if wrong else [],
    )


@csrf_exempt
@require_http_methods([*SAFE, "POST"])
def reminder_off(request: VisitRequest, token: str) -> HttpResponse:
    """Turn reminders off with the link of a mail, without signing in.

    Looking changes nothing, for programs that open each link in a mail; a mail program that
    has a button of its own sends the POST at once (RFC 8058), so it needs no token of a form.
    """
    owner = reminders.owner_of(token)
    if request.method == "POST" and owner is not None:
        reminders.stop(owner)
    return show(request, "account/reminder_off.html", done=request.method == "POST")


@require_http_methods([*SAFE, "POST"])
@_signed_in
@_asked_again
def erase(request: SignedInRequest) -> HttpResponse:
    """The whole account goes, after a clear yes."""
    if request.method != "POST":
        return show(request, "account/erase.html", errors=[])
    if not request.POST.get("sure"):
        text = words(request.language)("account_wrong_required_sure")
        errors = [{"field": "sure", "text": text}]
        return show(request, "account/erase.html", status=422, errors=errors)
    account = Account.objects.get(pk=request.user.pk)
    logout(request)
    erasing.erase(account)
    response = show(request, "account/erased.html")
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


class _KeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    """Sign in with a passkey. Its page carries the question to the browser, so that it needs no
    request of its own."""

    template_name = "mfa/webauthn/login.html"

    def get(self, request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:  # noqa: ARG002
        options = {"request_options": webauthn.begin_authentication(user=None)}
        found: HttpResponse = self.render_to_response(self.get_context_data(js_data=options))
        return found


class _KeyAdd(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey: always one with which one can sign in without a password."""

    def get_context_data(self, **names: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**names)
        found["js_data"] = {
            "creation_options": webauthn.begin_registration(self.request.user, True)
        }
        return found


key_sign_in = _KeySignIn.as_view()
key_add = _KeyAdd.as_view()


def _weekday(account: Account) -> int | None:
    found = getattr(account, "reminder", None)
    return found.weekday if found else None


def _file(made: bytes, type_: str, request: VisitRequest, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(made, content_type=type_)
    called = f"{words(request.language)(name)}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{called}"'
    return response
