"""Webhooks as providers send and sign them, through the API, on both databases."""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.parse
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from streamspace.server.core.http import Context
from streamspace.server.core.pace import Pace
from streamspace.server.repositories import webhooks
from streamspace.server.repositories.errors import BadSignature, StaleDelivery
from streamspace.server.repositories.models import Repository
from tests.server.conftest import Login

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SECRET = "5e" * 32
PUSH = {"ref": "refs/heads/main", "repository": {"clone_url": "https://git.example.org/t.git"}}
BITBUCKET = {"push": {"changes": [{"new": {"type": "branch", "name": "main"}}, {"new": None}]}}


def mac(secret: str, data: bytes) -> str:
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def github(body: bytes, secret: str, event: str = "push") -> dict[str, str]:
    return {"X-GitHub-Event": event, "X-GitHub-Delivery": "1", "X-Hub-Signature-256": f"sha256={mac(secret, body)}"}


def gitea(body: bytes, secret: str, event: str = "push") -> dict[str, str]:
    signed = {"X-Gitea-Event": event, "X-Gitea-Delivery": "1", "X-Gitea-Signature": mac(secret, body)}
    return signed | github(body, secret, event)


def bitbucket(body: bytes, secret: str, event: str = "repo:push") -> dict[str, str]:
    return {"X-Event-Key": event, "X-Request-UUID": "1", "X-Hub-Signature": f"sha256={mac(secret, body)}"}


def gitlab(body: bytes, secret: str, event: str = "Push Hook") -> dict[str, str]:
    return {"X-Gitlab-Event": event, "X-Gitlab-Event-UUID": "1", "X-Gitlab-Token": secret}


def native(body: bytes, secret: str, at: datetime = NOW) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    return {"X-Webhook-Timestamp": stamp, "X-Webhook-Signature": mac(secret, stamp.encode() + b"." + body)}


SENDERS = {"github": github, "gitea": gitea, "bitbucket": bitbucket, "gitlab": gitlab, "native": native}


def check(headers: dict[str, str], body: bytes, secret: str = SECRET, now: datetime = NOW) -> webhooks.Delivery:
    return webhooks.check(httpx2.Headers(headers), body, secret, now)


def body_of(provider: str, branch: str = "main") -> bytes:
    said = json.dumps(BITBUCKET if provider == "bitbucket" else PUSH)
    return said.replace('main"', f'{branch}"').encode()


@pytest.mark.parametrize("provider", SENDERS)
class TestSignatures:
    def test_the_right_one_is_heard(self, provider: str) -> None:
        body = body_of(provider)
        heard = check(SENDERS[provider](body, SECRET), body)
        assert (heard.provider, heard.event, heard.branches) == (provider, "push", {"main"})

    def test_another_secret_is_not(self, provider: str) -> None:
        body = body_of(provider)
        for wrong in ("", "x", SECRET[:-1], SECRET + "0"):
            with pytest.raises(BadSignature):
                check(SENDERS[provider](body, wrong), body)

    def test_other_words_are_not(self, provider: str) -> None:
        if provider == "gitlab":  # it signs nothing, and shows the secret
            assert check(gitlab(body_of("gitlab"), SECRET), body_of("gitlab", "evil")).branches == {"evil"}
            return
        with pytest.raises(BadSignature):
            check(SENDERS[provider](body_of(provider), SECRET), body_of(provider, "evil"))

    def test_a_signature_of_strange_characters_is_not(self, provider: str) -> None:
        body = body_of(provider)
        headers = {
            name: value if "ignature" not in name else "ü" for name, value in SENDERS[provider](body, SECRET).items()
        }
        if provider == "gitlab":
            headers["X-Gitlab-Token"] = "ü"
        with pytest.raises(BadSignature):
            webhooks.check({name.lower(): value for name, value in headers.items()}, body, SECRET, NOW)

    def test_the_same_words_are_the_same_delivery(self, provider: str) -> None:
        body = body_of(provider)
        first = check(SENDERS[provider](body, SECRET), body)
        again = check(SENDERS[provider](body, SECRET) | {"X-GitHub-Delivery": "2", "X-Request-UUID": "2"}, body)
        assert first.key == again.key
        other = body_of(provider, "other")
        assert check(SENDERS[provider](other, SECRET), other).key != first.key


class TestWords:
    def test_no_signature_at_all(self) -> None:
        with pytest.raises(BadSignature):
            check({}, b"{}")

    def test_an_old_one_of_ours_is_refused(self) -> None:
        for late in (timedelta(minutes=6), timedelta(minutes=-6), timedelta(days=400)):
            with pytest.raises(StaleDelivery):
                check(native(b"", SECRET, NOW - late), b"")
        assert check(native(b"", SECRET, NOW - timedelta(minutes=4)), b"").branches is None

    @pytest.mark.parametrize("stamp", ["", "x", "1e9", "-1", "\uff19", "9" * 400])
    def test_a_time_that_is_none_is_refused(self, stamp: str) -> None:
        headers = {"x-webhook-timestamp": stamp, "x-webhook-signature": mac(SECRET, stamp.encode() + b".")}
        with pytest.raises((StaleDelivery, BadSignature)):
            webhooks.check(headers, b"", SECRET, NOW)

    def test_a_form_is_read_too(self) -> None:
        body = b"payload=" + urllib.parse.quote(json.dumps(PUSH)).encode()
        assert check(github(body, SECRET), body).branches == {"main"}

    @pytest.mark.parametrize(
        "said",
        [
            *(b"", b"{", b"[]", b"null", b'{"ref": 1}', b'{"ref": "refs/tags/main"}', b'{"push": {"changes": 1}}'),
            *(b'{"push": {"changes": [1, {"new": {"type": "tag", "name": "main"}}]}}', b"[" * 100_000, b"payload=%"),
        ],
    )
    def test_what_names_no_branch_follows_none(self, said: bytes) -> None:
        assert "main" not in (check(github(said, SECRET), said).branches or set())

    def test_tests_and_other_events_are_told_apart(self) -> None:
        assert check(github(b"{}", SECRET, "ping"), b"{}").event == "test"
        assert check(github(b"{}", SECRET, "issues"), b"{}").event == "other"


@pytest.fixture
async def hooked(login: Login, context: Context) -> tuple[httpx2.AsyncClient, dict[str, Any], str]:
    """A repository with a webhook, in an installation."""
    admin = await login("admin")
    wanted = {"name": "t", "url": "https://git.example.org/t.git", "enabled": False}
    made = (await admin.post("/api/v1/catalog/repositories", json=wanted)).json()
    given = (await admin.post(f"/api/v1/catalog/repositories/{made['id']}/webhook/secret")).json()
    assert given["url"].endswith(f"/api/v1/catalog/repositories/{made['id']}/webhook")
    async with context.database.work() as uow:
        # Switched on without a first sync, which would go to a host that is none.
        await uow.db.execute(update(Repository).values(enabled=True, claimed_until=uow.now() + timedelta(hours=1)))
    return admin, made, given["secret"]


class TestApi:
    @pytest.mark.parametrize("provider", SENDERS)
    async def test_a_push_is_followed_once(
        self, hooked: Any, http: httpx2.AsyncClient, context: Context, provider: str
    ) -> None:
        admin, made, secret = hooked
        address = f"/api/v1/catalog/repositories/{made['id']}/webhook"
        body = body_of(provider)
        sign = SENDERS[provider]
        headers = native(body, secret, context.clock.now()) if provider == "native" else sign(body, secret)
        first = await http.post(address, content=body, headers=headers)
        assert (first.status_code, first.json()["status"]) == (202, "syncing")
        again = await http.post(address, content=body, headers=headers)
        assert (again.status_code, again.json()["status"]) == (202, "ignored")
        syncs = (await admin.get(f"/api/v1/catalog/repositories/{made['id']}/syncs")).json()["syncs"]
        assert [(sync["cause"], sync["status"]) for sync in syncs] == [("webhook", "pending")]

    async def test_only_the_branch_that_is_followed(self, hooked: Any, http: httpx2.AsyncClient) -> None:
        _, made, secret = hooked
        for body, event in ((body_of("github", "other"), "push"), (body_of("github"), "ping"), (b"{}", "issues")):
            answer = await http.post(
                f"/api/v1/repositories/{made['id']}/webhook", content=body, headers=github(body, secret, event)
            )
            assert (answer.status_code, answer.json()["status"]) == (202, "ignored")

    async def test_who_guesses_learns_nothing(self, hooked: Any, http: httpx2.AsyncClient) -> None:
        admin, made, secret = hooked
        body = body_of("github")
        answers = [
            await http.post(f"/api/v1/catalog/repositories/{number}/webhook", content=body, headers=headers)
            for number, headers in (
                (made["id"], {}),
                (made["id"], github(body, "wrong")),
                (made["id"] + 1000, github(body, secret)),
            )
        ]
        await admin.delete(f"/api/v1/catalog/repositories/{made['id']}/webhook/secret")
        answers.append(
            await http.post(
                f"/api/v1/catalog/repositories/{made['id']}/webhook", content=body, headers=github(body, secret)
            )
        )
        assert {answer.status_code for answer in answers} == {404}
        assert len({(answer.json()["error"], answer.json()["message"]) for answer in answers}) == 1

    async def test_a_new_secret_ends_the_old_one(self, hooked: Any, http: httpx2.AsyncClient) -> None:
        admin, made, secret = hooked
        renewed = (await admin.post(f"/api/v1/catalog/repositories/{made['id']}/webhook/secret")).json()["secret"]
        body = body_of("github")
        address = f"/api/v1/catalog/repositories/{made['id']}/webhook"
        assert (await http.post(address, content=body, headers=github(body, secret))).status_code == 404
        assert (await http.post(address, content=body, headers=github(body, renewed))).status_code == 202
        shown = (await admin.get(f"/api/v1/catalog/repositories/{made['id']}")).text
        assert renewed not in shown
        assert json.loads(shown)["webhook"] is True

    async def test_knocks_are_counted(self, hooked: Any, http: httpx2.AsyncClient, context: Context) -> None:
        _, made, _ = hooked
        context.part(Pace)._asked.clear()
        address = f"/api/v1/catalog/repositories/{made['id']}/webhook"
        answers = {(await http.post(address, content=b"{}")).status_code for _ in range(62)}
        assert answers == {404, 429}

    async def test_large_bodies_are_refused(self, hooked: Any, http: httpx2.AsyncClient) -> None:
        _, made, secret = hooked
        body = b"x" * (1024 * 1024 + 1)
        address = f"/api/v1/catalog/repositories/{made['id']}/webhook"
        assert (await http.post(address, content=body, headers=github(body, secret))).status_code == 413
