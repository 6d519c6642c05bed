"""A new ``SECRET_KEY``: what the old one wrapped is wrapped anew. The diaries stay as they are."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from rugkompas.web.accounts import sealing, traces
from rugkompas.web.accounts.models import DataKey

_SEALED = {"secret", "seed"}
"""Where the data of a second factor hold something sealed: the app's secret, the spare codes."""


def rekey() -> tuple[int, int]:
    """(what went under the newest key, what no key opens and so was left). Again does no harm;
    the old key may go when nothing is left."""
    found = [_rewrapped(pk) for pk in DataKey.objects.values_list("pk", flat=True)]
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    factors = Authenticator.objects.filter(type__in=kinds)
    found += [_resealed(pk) for pk in factors.values_list("pk", flat=True)]
    traces.wipe()
    return sum(found), len(found) - sum(found)


def _rewrapped(pk: object) -> bool:
    with transaction.atomic():
        held = DataKey.objects.select_for_update().filter(pk=pk).first()
        if held is None:
            return True
        try:
            key = sealing.unwrap(bytes(held.wrapped), held.owner_id)
        except sealing.NotOurs:
            return False
        held.wrapped = sealing.wrap(key, held.owner_id)
        held.save(update_fields=["wrapped"])
    return True


def _resealed(pk: int) -> bool:
    with transaction.atomic():
        held = Authenticator.objects.select_for_update().filter(pk=pk).first()
        if held is None:
            return True
        try:
            new = {
                name: sealing.renew_secret(held.data[name]) for name in _SEALED & held.data.keys()
            }
        except sealing.NotOurs:
            return False
        held.data |= new
        held.save(update_fields=["data"])
    return True
