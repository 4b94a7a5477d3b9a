"""What we are to an OpenID Connect provider, and asking it things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamspace.server.core.fetch import CannotFetch, Fetched, fetch
from streamspace.server.sso.admission import External
from streamspace.server.sso.errors import SsoUnreachable

OK = 200
LONGEST_TOKEN = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """What we are to one provider."""

    name: str
    preset: str
    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    scopes: tuple[str, ...]
    groups_claim: str = ""
    username_claim: str = ""
    private: bool = False
    """Whether it may be in a private network."""
    trust_email: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Vouched:
    """Somebody a provider vouched for, and how it can be asked again."""

    person: External
    session: str | None = None
    refresh_token: str | None = field(default=None, repr=False)


async def ask(
    client: Client,
    url: str,
    *,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    any_status: bool = False,
) -> Fetched:
    """Fetch something of the provider's.

    Raises:
        SsoUnreachable: it does not answer, or not with 200 unless any status will do.
    """
    try:
        answer = await fetch(
            url, private=client.private, method="POST" if form is not None else "GET", form=form, headers=headers
        )
    except CannotFetch as error:
        raise SsoUnreachable(error.message) from None
    if answer.status != OK and not any_status:
        raise SsoUnreachable(f"{url.partition('?')[0][:200]} answers {answer.status}.")
    return answer


def an_object(answer: Fetched, what: str) -> dict[str, Any]:
    """Return an answer's JSON object.

    Raises:
        SsoUnreachable: it has none.
    """
    found = as_json(answer)
    if not isinstance(found, dict):
        raise SsoUnreachable(f"The {what} is not an object.")
    return found


def as_json(answer: Fetched) -> Any:
    """Return an answer's JSON.

    Raises:
        SsoUnreachable: it has none.
    """
    try:
        return answer.json()
    except CannotFetch as error:
        raise SsoUnreachable(error.message) from None


def with_query(url: str, query: Mapping[str, str]) -> str:
    """Add a query to an address."""
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"
