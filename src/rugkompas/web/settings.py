"""Settings from the environment. What is missing or wrong stops the start, all at once.

Without a practice (``RUGKOMPAS_OPERATOR`` and what belongs to it) the site is a demonstration
and says so on every page (hazard H-40). docs/how-to/run-a-site.md explains each name.
"""

from __future__ import annotations

import secrets

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError

from rugkompas.web.database import database
from rugkompas.web.practice import Practice, practice_from
from rugkompas.web.styles import STYLES

_LEAST_SECRET = 50
_LOCAL = ("127.0.0.1", "localhost", "[::1]")

env = Env(eager=False, prefix="RUGKOMPAS_")
TRIAL = env.bool("TRIAL", default=False)
"""On this machine only: a key for as long as the server runs, and no HTTPS."""
SECRET_KEY: str = env.str("SECRET_KEY", default="") or (secrets.token_urlsafe(64) if TRIAL else "")
SECRET_KEY_FALLBACKS: list[str] = env.list("OLD_SECRET_KEYS", default=[])
ALLOWED_HOSTS: list[str] = env.list("HOSTS", default=list(_LOCAL) if TRIAL else [])
TRUSTED_PROXIES: int = env.int("PROXIES", default=0)
"""How many reverse proxies stand before the site: whose word about the address counts."""
REQUESTS_A_MINUTE: int = env.int("REQUESTS_A_MINUTE", default=240)
"""From one address, for each process; many people can share an address."""
PRACTICE: Practice | None
PRACTICE, _wrong = practice_from(env)
_database, _wrong_database = database()
_wrong += _wrong_database
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
INSTALLED_APPS = ["rugkompas.web", "rugkompas.web.searching", "django.contrib.staticfiles", "csp"]
MIDDLEWARE = [
    "rugkompas.web.middleware.log.RequestLog",
    "rugkompas.web.middleware.headers.Headers",
    "rugkompas.web.api.middleware.Api",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Before what can refuse: the forms of a page that says no must work as well.
    "django.middleware.csrf.CsrfViewMiddleware",
    "rugkompas.web.middleware.limits.Limits",
    "rugkompas.web.middleware.visits.Visits",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES: list[dict[str, object]] = []

DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Counters of addresses: dropped too soon, they would let anyone go on.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

STATIC_URL = "static/"
STATICFILES_DIRS = list(STYLES)
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
DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_SENT_WITH_DIARY
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_SENT_WITH_DIARY
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING_CONFIG = "rugkompas.web.middleware.log.configure"
LOGGING = {"version": 1}
