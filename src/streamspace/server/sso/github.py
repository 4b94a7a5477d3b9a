"""GitHub, which speaks OAuth 2 without ID tokens: its API says who somebody is."""

from __future__ import annotations

from typing import Any

from streamspace.server.sso.admission import External
from streamspace.server.sso.clients import Client, an_object, as_json, ask
from streamspace.server.sso.errors import SsoDenied, SsoUnreachable

_MOST = 100


async def person(client: Client, form: dict[str, str]) -> External:
    """Exchange a code and return whose it is; organisations and teams are the groups.

    Raises:
        SsoDenied: GitHub refuses the code.
        SsoUnreachable: it does not answer as it should.
    """
    form = {**form, "client_id": client.client_id, "client_secret": client.client_secret or ""}
    answer = an_object(await ask(client, f"{client.issuer}/login/oauth/access_token", form=form), "token answer")
    token = answer.get("access_token")
    if not isinstance(token, str):
        raise SsoDenied(f"GitHub refuses the code: {str(answer.get('error'))[:100]!r}.")
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    api = api_of(client.issuer)
    user = an_object(await ask(client, f"{api}/user", headers=headers), "user")
    if not isinstance(user.get("id"), int):
        raise SsoUnreachable("The user has no id.")
    emails = await _list(client, f"{api}/user/emails", headers)
    chosen = next((e for e in emails if e.get("primary") is True and e.get("verified") is True), {})
    email = str(chosen.get("email") or "")
    login = user["login"] if isinstance(user.get("login"), str) else ""
    return External(
        subject=str(user["id"]),
        email=email[:254],
        email_verified=bool(email),
        domain=email.rpartition("@")[2],
        username=login[:100],
        full_name=(user["name"] if isinstance(user.get("name"), str) else login)[:200],
        groups=await _groups(client, api, headers),
    )


def api_of(issuer: str) -> str:
    """Return where the API of a GitHub is; one's own GitHub has it at another place."""
    return "https://api.github.com" if issuer == "https://github.com" else f"{issuer}/api/v3"


async def _groups(client: Client, api: str, headers: dict[str, str]) -> frozenset[str]:
    if "read:org" not in client.scopes:
        return frozenset()
    organizations = await _list(client, f"{api}/user/orgs?per_page={_MOST}", headers)
    teams = await _list(client, f"{api}/user/teams?per_page={_MOST}", headers)
    names = {org["login"] for org in organizations if isinstance(org.get("login"), str)}
    for team in teams:
        owner = team.get("organization")
        if isinstance(owner, dict) and isinstance(owner.get("login"), str) and isinstance(team.get("slug"), str):
            names.add(f"{owner['login']}/{team['slug']}")
    return frozenset(names)


async def _list(client: Client, url: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    rows = as_json(await ask(client, url, headers=headers))
    return [row for row in rows[:_MOST] if isinstance(row, dict)] if isinstance(rows, list) else []
