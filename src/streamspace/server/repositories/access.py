"""Secrets of repositories: checked, sealed, never shown, and never taken along to another host."""

from __future__ import annotations

import json

from streamspace.server.core import auth
from streamspace.server.core.settings import Settings
from streamspace.server.repositories import ssh
from streamspace.server.repositories.addresses import Place
from streamspace.server.repositories.bounds import Unusable
from streamspace.server.repositories.errors import BadCredentials
from streamspace.server.repositories.models import Repository
from streamspace.server.repositories.schemas import RepositoryPatch

_KINDS = {"https": ("none", "token", "basic"), "ssh": ("none", "basic", "ssh")}


def check_kind(place: Place, kind: str) -> None:
    """Refuse a way of signing in that the address does not know.

    Raises:
        BadCredentials: it is one.
    """
    if kind not in _KINDS[place.scheme]:
        raise BadCredentials(f"Over {place.scheme.upper()} one signs in with: {', '.join(_KINDS[place.scheme])}.")


def sealed(settings: Settings, kind: str, username: str, secret: str | None, passphrase: str) -> str | None:
    """Check credentials and encrypt them.

    Raises:
        BadCredentials: they do not fit the kind.
    """
    if kind == "none":
        if secret:
            raise BadCredentials("A secret needs an authType.")
        return None
    if not secret or "\0" in secret:
        raise BadCredentials(f"authType {kind} needs an authSecret.")
    if kind == "basic" and not username:
        username, _, secret = secret.partition(":")
    if kind == "basic" and (not username or not secret or ":" in username):
        raise BadCredentials("authType basic needs authUsername and authSecret.")
    if kind != "ssh" and not (username + secret).isprintable():
        raise BadCredentials("A name, password or token is one line of printable characters.")
    if kind == "ssh":
        try:
            ssh.private_key(secret, passphrase)
        except Unusable as problem:
            raise BadCredentials(problem.message) from None
    text = json.dumps({"username": username, "secret": secret, "passphrase": passphrase})
    return auth.seal(settings.secret_key.get_secret_value(), text)


def credentials(settings: Settings, row: Repository) -> dict[str, str]:
    """Return what the worker signs in with.

    Raises:
        Unusable: they were sealed with another key.
    """
    known = {"kind": row.auth_kind, "host_key": row.host_key or ""}
    if row.credentials is None:
        return known
    text = auth.unseal(settings.secret_key.get_secret_value(), row.credentials)
    if text is None:
        raise Unusable(
            "Its credentials cannot be read, because the installation's secret key was changed. Set them anew."
        )
    return {**known, **json.loads(text)}


def host_key(place: Place, given: str | None) -> str | None:
    """Check a host key that somebody gave.

    Raises:
        BadCredentials: it is none.
    """
    if not given or not given.strip():
        return None
    if place.scheme != "ssh":
        raise BadCredentials("Only SSH hosts have host keys.")
    try:
        return ssh.public_key(given)
    except Unusable as problem:
        raise BadCredentials(problem.message) from None


def change(row: Repository, settings: Settings, wanted: RepositoryPatch, old: Place, new: Place) -> None:
    """Set what was given of credentials and host key.

    Raises:
        BadCredentials: they do not fit, or would go to another host than they were given for.
    """
    moved = (old.scheme, old.host, old.port) != (new.scheme, new.host, new.port)
    kind = wanted.auth_type or row.auth_kind
    check_kind(new, kind)
    if wanted.auth_secret is not None or kind == "none":
        row.credentials = sealed(settings, kind, wanted.auth_username, wanted.auth_secret, wanted.auth_passphrase)
    elif kind != row.auth_kind or moved:
        raise BadCredentials("Give the credentials again: they were given for another host or way of signing in.")
    row.auth_kind = kind
    if moved:
        row.host_key = None
    if wanted.host_key is not None:
        row.host_key = host_key(new, wanted.host_key)
