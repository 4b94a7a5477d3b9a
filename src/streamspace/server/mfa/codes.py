"""Codes people type: those of authenticator apps, and backup codes. Pure decisions."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta

import pyotp

ISSUER = "StreamSpace"
"""What an authenticator app shows above the code."""
STEP_SECONDS = 30
STEPS_OFF = 1
"""How many steps a telephone's clock may be wrong, to either side."""
BACKUP_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 3, 4
"""31 characters to the power of 12 are 59 bits."""
_TOTP = re.compile(r"[0-9]{6}")
_IGNORED = re.compile(r"[\s-]")
_FREE_GUESSES = 5
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)


def plain(code: str) -> str:
    """Return a code without what people add for the eye."""
    return _IGNORED.sub("", code).lower()


def is_totp(code: str) -> bool:
    """Say whether a plain code looks like an authenticator app's."""
    return _TOTP.fullmatch(code) is not None


def new_secret() -> str:
    """Return 160 random bits in base 32, as authenticator apps take them."""
    return pyotp.random_base32()


def uri(secret: str, username: str) -> str:
    """Return what the QR code says."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def matching_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """Return the step whose code this is, if it is near enough and later than the last one used.

    Every step is compared, so that the time it takes tells nothing.
    """
    made = pyotp.HOTP(secret)
    here = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(max(here - STEPS_OFF, 0), here + STEPS_OFF + 1):
        if hmac.compare_digest(made.at(step), code) and step > last_step:
            found = step
    return found


def new_backup_codes() -> list[str]:
    """Return ten codes such as `k7wp-9mxa-tq3c`, without letters that look like digits."""
    return [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
        for _ in range(BACKUP_CODES)
    ]


def wait_after(wrong: int) -> timedelta | None:
    """Return how long nobody may try after so many wrong codes in a row.

    Three of a million codes are right at any time; with an hour between tries guessing one takes decades.
    """
    if wrong < _FREE_GUESSES:
        return None
    return min(_FIRST_WAIT * (1 << min(wrong - _FREE_GUESSES, 16)), _LONGEST_WAIT)
