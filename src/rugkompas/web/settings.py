"""Settings from the environment. What is missing or wrong stops the start, all at once.

Without a practice (``RUGKOMPAS_OPERATOR`` and what belongs to it) the site is a demonstration
and says so on every page (hazard H-40). docs/how-to/run-a-site.md explains each name.
"""

from __future__ import annotations

import secrets

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError

from rugkompas.web.accounts.mail import mail_from
from rugkompas.web.booking.settings import booking_from
from rugkompas.web.cds.clients import clients_from
from rugkompas.web.database import database, with_tallies
from rugkompas.web.practice import Practice, practice_from
from rugkompas.web.smart.servers import servers_from
from rugkompas.web.styles import STYLES

_LEAST_SECRET = 50
_LOCAL = ("127.0.0.1", "localhost", "[::1]")

env = Env(eager=False, prefix="RUGKOMPAS_")
TRIAL = env.bool("TRIAL", default=False)
"""On this machine only: a key for as long as the server runs, and no HTTPS."""
_given_key: str = env.str("SECRET_KEY", default="")
KEY_OF_THIS_RUN: bool = TRIAL and not _given_key
"""Nothing that is sealed now opens after the site stopped."""
SECRET_KEY: str = secrets.token_urlsafe(64) if KEY_OF_THIS_RUN else _given_key
SECRET_KEY_FALLBACKS: list[str] = env.list("OLD_SECRET_KEYS", default=[])
ALLOWED_HOSTS: list[str] = env.list("HOSTS", default=list(_LOCAL) if TRIAL else [])
TRUSTED_PROXIES: int = env.int("PROXIES", default=0)
"""How many reverse proxies stand before the site: whose word about the address counts."""
REQUESTS_A_MINUTE: int = env.int("REQUESTS_A_MINUTE", default=240)
"""From one address, for each process; many people can share an address."""
ACCOUNTS: bool = env.bool("ACCOUNTS", default=TRIAL)
"""People may make an account. Off unless the operator wants it; a trial shows them."""
KEEP_MONTHS: int = env.int("KEEP_MONTHS", default=18)
"""How long an account is kept that nobody uses."""
PRACTICE: Practice | None
PRACTICE, _wrong = practice_from(env)
_database, _wrong_database = database()
_wrong += _wrong_database
EMAIL, _wrong_mail = mail_from(env, needed=ACCOUNTS and not TRIAL)
_wrong += _wrong_mail
BOOKING, EMBED_ORIGINS, _wrong_booking = booking_from(env, accounts=ACCOUNTS)
_wrong += _wrong_booking
CDS_CLIENTS, _wrong_clients = clients_from(env)
"""Record systems that may call CDS Hooks, by who they say they are (``iss``)."""
_wrong += _wrong_clients
SMART_SERVERS, _wrong_servers = servers_from(env, trial=TRIAL is True)
"""Record systems that people may come from, and whose record is read when they say so."""
_wrong += _wrong_servers
try:
    env.seal()
except EnvValidationError as _error:
    _said = dict(_error.error_messages)  # type: ignore[arg-type]
    _wrong += [f"{name}: {' '.join(texts)}" for name, texts in _said.items()]

if not SECRET_KEY:
    _wrong.append(
        "RUGKOMPAS_SECRET_KEY is not set. Visits are sealed with it. Make one with: "
        "python -c 'import secrets; print(secrets.token_urlsafe(64))'."
    )
_wrong += [
    f"RUGKOMPAS_{name} is shorter than {_LEAST_SECRET} characters. Make it longer."
    for name, secrets_ in (("SECRET_KEY", [SECRET_KEY]), ("OLD_SECRET_KEYS", SECRET_KEY_FALLBACKS))
    if any(0 < len(secret) < _LEAST_SECRET for secret in secrets_)
]
_wrong += [
    f"{name} is {value}. Give a whole number of {least} or more."
    for name, value, least in (
        ("RUGKOMPAS_PROXIES", TRUSTED_PROXIES, 0),
        ("RUGKOMPAS_REQUESTS_A_MINUTE", REQUESTS_A_MINUTE, 1),
        ("RUGKOMPAS_KEEP_MONTHS", KEEP_MONTHS, 2),
    )
    if isinstance(value, int) and value < least
]
if not ALLOWED_HOSTS:
    _wrong.append(
        "RUGKOMPAS_HOSTS is not set: the names under which people reach the site, with a comma "
        "between them, for example RUGKOMPAS_HOSTS=rug.praktijk.nl."
    )
elif "*" in ALLOWED_HOSTS:
    _wrong.append("RUGKOMPAS_HOSTS has a *: then any name would do. Give the names of the site.")
elif TRIAL and not set(ALLOWED_HOSTS) <= set(_LOCAL):
    _wrong.append(
        "RUGKOMPAS_TRIAL is set and RUGKOMPAS_HOSTS has other names than this machine. A trial has "
        "no HTTPS. Take RUGKOMPAS_TRIAL away."
    )
if _wrong:
    raise ImproperlyConfigured(
        "\n- ".join(["The site cannot start:", *_wrong])
        + "\nOr try it on this machine: rugkompas serve."
    )

DEBUG = False
ROOT_URLCONF = "rugkompas.web.urls"
WSGI_APPLICATION = "rugkompas.web.wsgi.application"
INSTALLED_APPS = [
    "rugkompas.web",
    "rugkompas.web.accounts",
    "rugkompas.web.booking",
    "rugkompas.web.searching",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "rugkompas.web.middleware.log.RequestLog",
    "rugkompas.web.middleware.headers.Headers",
    "rugkompas.web.api.middleware.Api",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rugkompas.web.middleware.packing.Packing",
    # Before what can refuse: the forms of a page that says no must work as well.
    "django.middleware.csrf.CsrfViewMiddleware",
    "rugkompas.web.middleware.limits.Limits",
    "rugkompas.web.middleware.visits.Visits",
    "django.middleware.common.CommonMiddleware",
    "rugkompas.web.accounts.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES: list[dict[str, object]] = [
    # For the views of allauth; ours call show().
    {"BACKEND": "rugkompas.web.accounts.engine.House", "NAME": "house", "DIRS": [], "OPTIONS": {}}
]

DATABASES = with_tallies(_database)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Guesses at passwords and codes, which allauth counts here: for all processes together.
    "default": {"BACKEND": "rugkompas.web.tallies.Tallies"},
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Counters of addresses: dropped too soon, they would let anyone go on.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

STATIC_URL = "static/"
STATICFILES_DIRS = list(STYLES)
# Nothing that a library brings along is served.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

_HTTPS = not TRIAL
# These headers stand in middleware/headers.py, for answers that no other middleware sees too.
SECURE_CONTENT_TYPE_NOSNIFF = False
SECURE_REFERRER_POLICY = None
SECURE_CROSS_ORIGIN_OPENER_POLICY = None
SECURE_SSL_REDIRECT = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "rugkompas.web.views.errors.forbidden"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
MOST_SENT = 100_000
"""Bytes of what a page may send; a page of the diary sends the diary along."""
MOST_SENT_WITH_DIARY = 5_000_000
MOST_SENT_OF_RECORD = 2_000_000
"""Bytes of a FHIR resource, or of a call of CDS Hooks with what it looked up beforehand."""
DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_SENT_WITH_DIARY
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_SENT_WITH_DIARY
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# Accounts
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
SESSION_ENGINE = "rugkompas.web.accounts.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
# Half an hour without a click ends it, and so does closing the browser.
SESSION_COOKIE_AGE = 1800
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
EMAIL_BACKEND, EMAIL_FILE_PATH = EMAIL.backend, EMAIL.folder
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.starttls, EMAIL.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = EMAIL.sender
ACCOUNT_ADAPTER = "rugkompas.web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "rugkompas.web.accounts.forms.SignUp"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "rugkompas.web.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Rugkompas"
# On this machine there is no HTTPS; browsers allow passkeys on localhost all the same.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = TRIAL

LOGGING_CONFIG = "rugkompas.web.middleware.log.configure"
LOGGING = {"version": 1}
