"""What the server keeps of somebody with an account. All of it goes when they erase it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


class Accounts(BaseUserManager["Account"]):
    """Makes accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Account:
        """An account; without a password nobody can sign in with one."""
        account = self.model(email=email.lower(), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Whoever signs in: an e-mail address and no name. The id is random, so that it tells
    nothing and cannot be guessed (hazard H-41)."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )
    email: models.EmailField[str, str] = models.EmailField(max_length=254, unique=True)
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    language: models.CharField[str, str] = models.CharField(max_length=2, default="nl")
    """In which mails are written."""
    made_on: models.DateField[dt.date, dt.date] = models.DateField(default=timezone.localdate)
    used_on: models.DateField[dt.date, dt.date] = models.DateField(
        default=timezone.localdate, db_index=True
    )
    """The last day on which somebody was signed in: how long it is kept counts from there."""
    warned_on: models.DateField[dt.date | None, dt.date | None] = models.DateField(null=True)
    """When the mail went that says that an unused account will be erased."""

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def has_second_factor(self) -> bool:
        """Signing in takes more than a password: an app with codes, or a passkey."""
        # Imported late: the app of the second factor has a key to this model.
        from allauth.mfa.models import Authenticator

        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        return bool(Authenticator.objects.filter(user_id=self.pk, type__in=kinds).exists())


class DataKey(models.Model):
    """The key of one diary, wrapped by a key from ``SECRET_KEY``. Without it the lines are
    noise: erasing a diary begins here."""

    owner: models.OneToOneField[Account, Account] = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="data_key"
    )
    owner_id: uuid.UUID
    wrapped: models.BinaryField[bytes, bytes] = models.BinaryField()


class DiaryLine(models.Model):
    """One record of a diary, sealed. ``record``: a keyed hash of its id. The two constraints
    hold whatever the program does: two writers never take one place, and what is sent twice
    never stands there twice."""

    owner: models.ForeignKey[Account, Account] = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="diary_lines"
    )
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    record: models.BinaryField[bytes, bytes] = models.BinaryField(max_length=32)
    sealed: models.BinaryField[bytes, bytes] = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "number"], name="one_line_a_place"),
            models.UniqueConstraint(fields=["owner", "record"], name="one_line_a_record"),
        ]
        ordering: ClassVar[list[str]] = ["number"]


class Consent(models.Model):
    """Somebody agreed to one purpose, in these words. ``version`` names the exact text."""

    owner: models.ForeignKey[Account, Account] = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="consents"
    )
    purpose: models.CharField[str, str] = models.CharField(max_length=20)
    version: models.CharField[str, str] = models.CharField(max_length=16)
    language: models.CharField[str, str] = models.CharField(max_length=2)
    given_at: models.DateTimeField[dt.datetime, dt.datetime] = models.DateTimeField(
        default=timezone.now
    )
    ended_at: models.DateTimeField[dt.datetime | None, dt.datetime | None] = models.DateTimeField(
        null=True
    )


class Reminder(models.Model):
    """Somebody asked for a mail once a week, on this day (0: Monday)."""

    owner: models.OneToOneField[Account, Account] = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="reminder"
    )
    weekday: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    sent_on: models.DateField[dt.date | None, dt.date | None] = models.DateField(null=True)


class Session(AbstractBaseSession):
    """Somebody is signed in, or on the way there. It names its owner, so that all sessions of
    a person can end at once (hazard H-42)."""

    owner: models.ForeignKey[Account | None, Account | None] = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    owner_id: uuid.UUID | None

    @classmethod
    def get_session_store_class(cls) -> Any:
        from rugkompas.web.accounts.sessions import SessionStore

        return SessionStore
