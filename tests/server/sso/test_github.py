"""GitHub's OAuth 2, as its documentation describes the answers."""

import json
from typing import Any

import httpx2
import pytest

from streamspace.server.core.fetch import Fetched
from streamspace.server.sso import clients, github
from streamspace.server.sso.admission import External
from streamspace.server.sso.clients import Client
from streamspace.server.sso.errors import SsoDenied, SsoUnreachable

CLIENT = Client(
    name="github",
    preset="github",
    issuer="https://github.com",
    client_id="us",
    client_secret="ours",
    scopes=("read:user", "user:email", "read:org"),
)
API = "https://api.github.com"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    told: dict[str, Any] = {
        "https://github.com/login/oauth/access_token": {"access_token": "gho_1", "token_type": "bearer"},
        f"{API}/user": {"id": 583231, "login": "octocat", "name": "The Octocat", "email": "shown@evil.example"},
        f"{API}/user/emails": [
            {"email": "old@acme.example", "primary": False, "verified": True},
            {"email": "octocat@acme.example", "primary": True, "verified": True},
        ],
        f"{API}/user/orgs": [{"login": "acme", "id": 1}],
        f"{API}/user/teams": [{"slug": "developers", "organization": {"login": "acme"}}, {"slug": "x"}],
    }

    async def fetch(url: str, *, form: dict[str, str] | None = None, headers: Any = None, **_: Any) -> Fetched:
        if form is not None:
            assert form["code_verifier"] == "v"
        else:
            assert headers["Authorization"] == "Bearer gho_1"
        return Fetched(url, 200, httpx2.Headers(), json.dumps(told[url.partition("?")[0]]).encode())

    monkeypatch.setattr(clients, "fetch", fetch)
    return told


async def person() -> External:
    return await github.person(CLIENT, {"code": "c", "code_verifier": "v"})


async def test_the_number_is_the_person_and_organisations_and_teams_are_groups(answers: dict[str, Any]) -> None:
    found = await person()
    assert (found.subject, found.username, found.full_name) == ("583231", "octocat", "The Octocat")
    assert (found.email, found.email_verified) == ("octocat@acme.example", True)
    assert found.groups == {"acme", "acme/developers"}


async def test_the_address_of_the_profile_and_unverified_ones_do_not_count(answers: dict[str, Any]) -> None:
    answers[f"{API}/user/emails"] = [{"email": "octocat@acme.example", "primary": True, "verified": False}]
    assert (await person()).email == ""


async def test_a_refused_code_is_told_from_nonsense(answers: dict[str, Any]) -> None:
    answers["https://github.com/login/oauth/access_token"] = {"error": "bad_verification_code"}
    with pytest.raises(SsoDenied):
        await person()
    for nonsense in ([], None, {"access_token": 1}):
        answers["https://github.com/login/oauth/access_token"] = nonsense
        with pytest.raises((SsoDenied, SsoUnreachable)):
            await person()


def test_ones_own_github_has_its_api_beside_it() -> None:
    assert github.api_of("https://github.acme.example") == "https://github.acme.example/api/v3"
