"""Where mails go, from one address: a mail server, a folder, or the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from environs import Env

_SENDING = "django.core.mail.backends."
NOBODY = "nobody@localhost"
"""From whom a trial sends, when it says nothing else."""
_PORTS = {"smtp": 25, "smtps": 465, "submission": 587}
"""smtps: TLS from the first byte. submission: STARTTLS. smtp: neither, for a relay nearby."""


@dataclass(frozen=True, slots=True)
class Mail:
    """How mails are sent. ``sender`` is what stands behind From."""

    backend: str = f"{_SENDING}console.EmailBackend"
    folder: str | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = NOBODY


def mail_from(env: Env, *, needed: bool) -> tuple[Mail, list[str]]:
    """(how mails go, what is wrong with it).

    needed: accounts are on and it is no trial. Then the terminal will not do: a code in the
    log of a server would be a way into an account.
    """
    url = env.str("EMAIL_URL", default="").strip()
    sender = env.str("EMAIL_FROM", default="").strip()
    if needed and not (url and sender):
        return Mail(), [
            "RUGKOMPAS_ACCOUNTS is on and RUGKOMPAS_EMAIL_URL or RUGKOMPAS_EMAIL_FROM is not set. "
            "An account needs mail: give both, or switch accounts off."
        ]
    if sender and "@" not in parseaddr(sender)[1]:
        return Mail(), ["RUGKOMPAS_EMAIL_FROM is no address. Give one, as info@praktijk.nl."]
    sender = sender or NOBODY
    if not url:
        return Mail(sender=sender), []
    made = _parsed(url, sender)
    if made is None:
        # The address can hold the password of the mail server.
        return Mail(), [
            "RUGKOMPAS_EMAIL_URL is no address that the site knows. Give "
            "submission://user:password@host, smtps://user:password@host, smtp://host or "
            "file:///folder."
        ]
    return made, []


def _parsed(url: str, sender: str) -> Mail | None:
    try:
        found = urlsplit(url)
        port = found.port
    except ValueError:
        return None
    if found.scheme == "file" and found.path.startswith("/"):
        return Mail(f"{_SENDING}filebased.EmailBackend", folder=found.path, sender=sender)
    if found.scheme not in _PORTS or not found.hostname:
        return None
    return Mail(
        f"{_SENDING}smtp.EmailBackend",
        host=found.hostname,
        port=port or _PORTS[found.scheme],
        user=unquote(found.username or ""),
        password=unquote(found.password or ""),
        starttls=found.scheme == "submission",
        tls=found.scheme == "smtps",
        sender=sender,
    )
