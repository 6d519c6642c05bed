"""Who belongs to the practice: made a member by an invitation of whoever runs the site."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from rugkompas.web.accounts.models import Account
from rugkompas.web.booking.models import Invitation, Member
from rugkompas.web.booking.sealing import named, new_link

INVITED_DAYS = 7


def invite(name: str) -> str:
    """The secret of a link that makes one account a member with this name."""
    link = new_link()
    until = timezone.now() + dt.timedelta(days=INVITED_DAYS)
    Invitation.objects.filter(until__lt=timezone.now()).delete()
    Invitation.objects.create(link=named(link), name=name[:80], until=until)
    return link


def invitation(link: str) -> Invitation | None:
    """The invitation of a link that can still be used."""
    return Invitation.objects.filter(link=named(link), until__gt=timezone.now()).first()


def join(account: Account, found: Invitation) -> bool:
    """The account is a member; False when somebody else used the link in the same moment."""
    gone, _ = Invitation.objects.filter(pk=found.pk).delete()
    if gone:
        Member.objects.update_or_create(account=account, defaults={"name": found.name})
    return bool(gone)
