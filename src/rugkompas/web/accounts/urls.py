"""The addresses of accounts: those that we use and no other. They tell nothing about health."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from rugkompas.web.accounts import views

View = Callable[..., Any]
_UNFIT = 422


def _page(view: View, *, scripted: bool = False, reads: bool = False) -> View:
    """A page of allauth with the methods, the headers and the status of ours.

    scripted: the page asks the browser for a passkey, which takes a script; it is one file of
    our own, and no other page may run any. reads: it has no form.
    """

    @require_http_methods(["GET", "HEAD"] if reads else ["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **names)
        for name in ("Cache-Control", "Expires"):
            # headers.py gives every page the same.
            response.headers.pop(name, None)
        if isinstance(response, TemplateResponse) and response.status_code == 200:
            forms = [(response.context_data or {}).get(it) for it in ("form", "webauthn_form")]
            if request.method == "POST" and any(it is not None and it.errors for it in forms):
                response.status_code = _UNFIT
        return response

    found: View = csp_update({"script-src": [SELF]})(shown) if scripted else shown
    return found


def _ours(address: str, view: View, name: str, **how: bool) -> Any:
    return path(f"account/{address}", _page(view, **how), name=name)


urlpatterns = [
    path("account/", views.home, name="account"),
    _ours("nieuw/", account.signup, "account_signup"),
    _ours("code/", account.email_verification_sent, "account_email_verification_sent"),
    _ours("inloggen/", account.login, "account_login"),
    _ours("inloggen/stap/", second.authenticate, "mfa_authenticate", scripted=True),
    _ours("inloggen/sleutel/", views.key_sign_in, "mfa_login_webauthn", scripted=True),
    _ours("uitloggen/", account.logout, "account_logout"),
    _ours("dicht/", account.account_inactive, "account_inactive", reads=True),
    _ours("opnieuw/", account.reauthenticate, "account_reauthenticate"),
    _ours("opnieuw/code/", second.reauthenticate, "mfa_reauthenticate"),
    _ours(
        "opnieuw/sleutel/",
        keys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
        scripted=True,
    ),
    _ours("email/", account.email, "account_email"),
    _ours("wachtwoord/", account.password_change, "account_change_password"),
    _ours("wachtwoord/vergeten/", account.password_reset, "account_reset_password"),
    _ours(
        "wachtwoord/code/",
        account.confirm_password_reset_code,
        "account_confirm_password_reset_code",
    ),
    _ours("wachtwoord/kiezen/", account.complete_password_reset, "account_complete_password_reset"),
    _ours(
        "wachtwoord/klaar/",
        account.password_reset_from_key_done,
        "account_password_reset_completed",
        reads=True,
    ),
    _ours("stap/", second.index, "mfa_index"),
    _ours("stap/app/", app.activate_totp, "mfa_activate_totp"),
    _ours("stap/app/uit/", app.deactivate_totp, "mfa_deactivate_totp"),
    _ours("stap/reserve/", spare.view_recovery_codes, "mfa_view_recovery_codes"),
    _ours("stap/reserve/nieuw/", spare.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _ours("stap/sleutels/", keys.list_webauthn, "mfa_list_webauthn"),
    _ours("stap/sleutels/nieuw/", views.key_add, "mfa_add_webauthn", scripted=True),
    _ours("stap/sleutels/<int:pk>/weg/", keys.remove_webauthn, "mfa_remove_webauthn"),
    path("account/toestemming/", views.agree, name="account_consent"),
    path("account/gegevens/", views.data, name="account_data"),
    path("account/gegevens.json", views.data_file, name="account_data_file"),
    path("account/dagboek.json", views.diary_json, name="account_diary_json"),
    path("account/dagboek.csv", views.diary_csv, name="account_diary_csv"),
    path("account/dagboek/", views.move, name="account_diary"),
    path("account/herinnering/", views.reminder, name="account_reminder"),
    path("account/herinnering/uit/<str:token>/", views.reminder_off, name="account_reminder_off"),
    path("account/wissen/", views.erase, name="account_erase"),
]
