"""ID tokens and logout tokens that are not the provider's, or not for us, or not of now."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey

from streamspace.server.core.fetch import Fetched
from streamspace.server.sso import clients, oidc
from streamspace.server.sso.clients import Client, Vouched
from streamspace.server.sso.directory import Directory
from streamspace.server.sso.errors import BadLogoutToken, SsoDenied, SsoRefused, SsoUnreachable

ISSUER = "https://idp.test.example"
NONCE = "the-nonce"
KEY = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})
OTHER = RSAKey.generate_key(2048, parameters={"kid": "one"})
EDWARDS = OKPKey.generate_key("Ed25519", parameters={"kid": "two"})
CLIENT = Client(
    name="acme",
    preset="generic",
    issuer=ISSUER,
    client_id="us",
    client_secret="ours",
    scopes=("openid",),
    groups_claim="realm.groups",
)


def claims(**changed: Any) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    good = {"iss": ISSUER, "aud": "us", "sub": "alice", "iat": now, "exp": now + 300, "nonce": NONCE}
    return {name: value for name, value in (good | changed).items() if value is not None}


def signed(told: dict[str, Any], key: Any = KEY, alg: str = "RS256", **header: Any) -> str:
    return jwt.encode({"alg": alg, "kid": "one", **header}, told, key, algorithms=[alg])


def by_hand(header: dict[str, Any], told: dict[str, Any], secret: bytes | None) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, told)]
    text = b".".join(parts)
    mac = hmac.digest(secret, text, hashlib.sha256) if secret is not None else b""
    return (text + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


class Provider:
    """Answers what a provider's endpoints would."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/auth",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/jwks",
                "userinfo_endpoint": f"{ISSUER}/me",
            },
            "/jwks": {
                "keys": [
                    KEY.as_dict(private=False),
                    EDWARDS.as_dict(private=False),
                    {"kty": "oct", "kid": "shared", "k": base64.urlsafe_b64encode(b"k" * 32).decode()},
                ]
            },
            "/me": {"sub": "alice"},
        }
        self.status = 200
        self.asked: list[str] = []

    async def fetch(self, url: str, **_: Any) -> Fetched:
        path = url.removeprefix(ISSUER)
        self.asked.append(path)
        status = self.status if path == "/token" else 200
        return Fetched(url, status, httpx2.Headers(), json.dumps(self.answers[path]).encode())

    def hand_out(self, token: Any, **more: Any) -> None:
        self.answers["/token"] = {"access_token": "at", "id_token": token, **more}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    monkeypatch.setattr(clients, "fetch", made.fetch)
    return made


async def finish() -> Vouched:
    return await oidc.finish(
        Directory(), CLIENT, code="c", redirect_uri="u", verifier="v", nonce=NONCE, now=datetime.now(UTC)
    )


class TestTheHonestToken:
    async def test_is_accepted(self, provider: Provider) -> None:
        provider.hand_out(signed(claims(email="a@acme.example", email_verified=True, realm={"groups": ["x"]}, sid="s")))
        found = await finish()
        assert (found.person.subject, found.person.email, found.person.email_verified) == (
            "alice",
            "a@acme.example",
            True,
        )
        assert found.person.groups == {"x"}
        assert found.session == "s"

    async def test_is_accepted_with_another_kind_of_key(self, provider: Provider) -> None:
        provider.hand_out(signed(claims(), EDWARDS, "Ed25519", kid="two"))
        assert (await finish()).person.subject == "alice"

    async def test_is_accepted_for_several_if_we_asked(self, provider: Provider) -> None:
        provider.hand_out(signed(claims(aud=["us", "them"], azp="us")))
        assert (await finish()).person.subject == "alice"

    async def test_what_is_signed_wins_over_what_is_not(self, provider: Provider) -> None:
        provider.answers["/me"] = {"sub": "alice", "email": "evil@acme.example", "name": "Alice"}
        provider.hand_out(signed(claims(email="alice@acme.example")))
        person = (await finish()).person
        assert (person.email, person.full_name) == ("alice@acme.example", "Alice")

    @pytest.mark.parametrize("value", ["true", 1, "yes", [True]])
    async def test_only_true_means_verified(self, provider: Provider, value: Any) -> None:
        provider.hand_out(signed(claims(email="a@acme.example", email_verified=value)))
        assert not (await finish()).person.email_verified


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


FORGERIES: dict[str, Callable[[], Any]] = {
    "wrong_nonce": lambda: signed(claims(nonce="another")),
    "no_nonce": lambda: signed(claims(nonce=None)),
    "wrong_audience": lambda: signed(claims(aud="them")),
    "no_audience": lambda: signed(claims(aud=None)),
    "several_audiences_and_nobody_asked": lambda: signed(claims(aud=["us", "them"])),
    "several_audiences_and_another_asked": lambda: signed(claims(aud=["us", "them"], azp="them")),
    "wrong_issuer": lambda: signed(claims(iss="https://evil.example")),
    "issuer_with_a_slash": lambda: signed(claims(iss=f"{ISSUER}/")),
    "no_issuer": lambda: signed(claims(iss=None)),
    "no_subject": lambda: signed(claims(sub=None)),
    "empty_subject": lambda: signed(claims(sub="")),
    "subject_is_a_number": lambda: signed(claims(sub=1)),
    "subject_is_endless": lambda: signed(claims(sub="a" * 600)),
    "expired": lambda: signed(claims(exp=_now() - 61)),
    "never_expires": lambda: signed(claims(exp=None)),
    "expiry_is_a_text": lambda: signed(claims(exp="tomorrow")),
    "made_tomorrow": lambda: signed(claims(iat=_now() + 86400)),
    "not_yet_good": lambda: signed(claims(nbf=_now() + 3600)),
    "no_date": lambda: signed(claims(iat=None)),
    "wrong_access_token": lambda: signed(claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA")),
    "signed_by_another_key": lambda: signed(claims(), OTHER),
    "signed_by_an_unknown_key": lambda: signed(claims(), kid="three"),
    "signed_by_a_key_that_it_brings_along": lambda: signed(claims(), OTHER, jwk=OTHER.as_dict(private=False)),
    "algorithm_none": lambda: by_hand({"alg": "none"}, claims(), None),
    "algorithm_none_in_capitals": lambda: by_hand({"alg": "NONE", "kid": "one"}, claims(), None),
    "hmac_with_the_public_key": lambda: by_hand({"alg": "HS256", "kid": "one"}, claims(), KEY.as_pem(private=False)),
    "hmac_with_the_client_secret": lambda: by_hand({"alg": "HS256"}, claims(), b"ours"),
    "hmac_with_a_shared_key_of_the_set": lambda: by_hand({"alg": "HS256", "kid": "shared"}, claims(), b"k" * 32),
    "changed_after_signing": lambda: _changed(signed(claims())),
    "without_signature": lambda: signed(claims()).rpartition(".")[0] + ".",
    "two_parts": lambda: signed(claims()).rpartition(".")[0],
    "encrypted": lambda: "a.b.c.d.e",
    "not_a_token": lambda: "alice",
    "a_number": lambda: 1,
    "endless": lambda: "a" * 200_000,
    "missing": lambda: None,
}


def _changed(token: str) -> str:
    head, _, signature = token.split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims(sub="admin")).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


@pytest.mark.parametrize("name", FORGERIES)
async def test_forged_id_token_is_refused(provider: Provider, name: str) -> None:
    provider.hand_out(FORGERIES[name]())
    with pytest.raises(SsoRefused):
        await finish()


async def test_user_info_about_somebody_else_is_refused(provider: Provider) -> None:
    provider.answers["/me"] = {"sub": "admin", "email": "admin@acme.example"}
    provider.hand_out(signed(claims()))
    with pytest.raises(SsoRefused):
        await finish()


async def test_a_description_of_another_issuer_is_refused(provider: Provider) -> None:
    provider.answers["/.well-known/openid-configuration"]["issuer"] = "https://evil.example"
    with pytest.raises(SsoUnreachable):
        await finish()


async def test_unknown_keys_do_not_make_us_ask_again_and_again(provider: Provider) -> None:
    directory = Directory()
    for number in range(5):
        provider.hand_out(signed(claims(), OTHER, kid=f"unknown-{number}"))
        with pytest.raises(SsoRefused):
            await oidc.finish(
                directory, CLIENT, code="c", redirect_uri="u", verifier="v", nonce=NONCE, now=datetime.now(UTC)
            )
    assert provider.asked.count("/jwks") == 1


async def test_a_refusal_is_told_from_trouble(provider: Provider) -> None:
    for error, kind in (
        ("invalid_grant", SsoDenied),
        ("invalid_client", SsoUnreachable),
        ("server_error", SsoUnreachable),
    ):
        provider.status, provider.answers["/token"] = 400, {"error": error}
        with pytest.raises(kind):
            await finish()


class TestLogoutTokens:
    def token(self, key: Any = KEY, **changed: Any) -> str:
        good = {"jti": "j", "events": {oidc.LOGOUT_EVENT: {}}, "nonce": None}
        return signed(claims(**{**good, **changed}), key, typ="logout+jwt")

    async def read(self, token: str) -> dict[str, Any]:
        return await oidc.read_logout_token(Directory(), CLIENT, token, datetime.now(UTC))

    async def test_the_honest_one_is_accepted(self, provider: Provider) -> None:
        assert (await self.read(self.token(sid="s")))["sid"] == "s"
        assert (await self.read(self.token(exp=None)))["sub"] == "alice"

    @pytest.mark.parametrize(
        "changed",
        [
            {"key": OTHER},
            {"aud": "them"},
            {"iss": "https://evil.example"},
            {"nonce": "n"},
            {"events": None},
            {"events": {}},
            {"events": {"other": {}}},
            {"jti": None},
            {"sub": None},
            {"sub": 1},
            {"iat": _now() - 3600},
            {"iat": "now"},
            {"exp": _now() - 3600},
        ],
        ids=lambda changed: "-".join(changed) + (f" {changed['sub']}" if "sub" in changed else ""),
    )
    async def test_others_are_refused(self, provider: Provider, changed: dict[str, Any]) -> None:
        with pytest.raises(BadLogoutToken):
            await self.read(self.token(**changed))

    async def test_an_id_token_is_none(self, provider: Provider) -> None:
        with pytest.raises(BadLogoutToken):
            await self.read(signed(claims()))
