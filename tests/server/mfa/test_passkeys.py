"""What a browser may answer, and what it may not."""

import secrets
from typing import Any

import pytest

from streamspace.kit import ids
from streamspace.server.mfa import passkeys
from streamspace.server.mfa.errors import BadPasskey, PasskeysNeedName, PasskeysNeedTls
from streamspace.server.mfa.models import MfaMethod
from streamspace.server.mfa.passkeys import Site
from tests.server.mfa.authenticator import Authenticator, b64

SITE = Site("desk.example", "https://desk.example")
CHALLENGE = secrets.token_bytes(64)
USER_ID = ids.uid()
CREATE = passkeys.creation_options(SITE, CHALLENGE, user_id=USER_ID, username="mia", full_name="Mia", known=[])
ALGORITHMS = ("ES256", "EdDSA", "RS256")


def authenticator(**how: Any) -> Authenticator:
    return Authenticator(SITE.origin, **how)


def stored(credential: dict[str, Any]) -> MfaMethod:
    made = passkeys.created(SITE, CHALLENGE, credential)
    return MfaMethod(
        id="one",
        user_id=USER_ID,
        credential_id=b64(made.credential_id),
        public_key=b64(made.credential_public_key),
        sign_count=made.sign_count,
        transports=["internal"],
    )


class TestSite:
    @pytest.mark.parametrize(
        ("url", "site"),
        [
            ("https://desk.example.org", Site("desk.example.org", "https://desk.example.org")),
            ("https://desk.example.org:443", Site("desk.example.org", "https://desk.example.org")),
            ("https://desk.example.org:8443", Site("desk.example.org", "https://desk.example.org:8443")),
            ("https://Desk.Example.org", Site("desk.example.org", "https://desk.example.org")),
            ("https://b\u00fcro.example", Site("xn--bro-hoa.example", "https://xn--bro-hoa.example")),
            ("http://localhost:8000", Site("localhost", "http://localhost:8000")),
        ],
    )
    def test_is_what_browsers_call_it(self, url: str, site: Site) -> None:
        assert passkeys.site(url) == site

    @pytest.mark.parametrize("url", ["https://192.0.2.7:8000", "http://127.0.0.1:8000", "https://[2001:db8::1]"])
    def test_an_address_is_none(self, url: str) -> None:
        with pytest.raises(PasskeysNeedName):
            passkeys.site(url)

    def test_without_tls_only_localhost_is_one(self) -> None:
        with pytest.raises(PasskeysNeedTls):
            passkeys.site("http://desk.example.org")


class TestCreated:
    @pytest.mark.parametrize("algorithm", ALGORITHMS)
    @pytest.mark.parametrize("attestation", ["none", "packed"])
    def test_takes_what_authenticators_make(self, algorithm: str, attestation: str) -> None:
        made = authenticator(algorithm=algorithm, attestation=attestation).create(CREATE)
        assert passkeys.created(SITE, CHALLENGE, made).credential_id

    @pytest.mark.parametrize(
        "lies",
        [
            {"challenge": b64(b"x" * 64)},
            {"origin": "https://desk.example.evil"},
            {"origin": "https://sub.desk.example"},
            {"origin": "http://desk.example"},
            {"origin": "https://desk.example:8443"},
            {"rp_id": "example"},
            {"type": "webauthn.get"},
        ],
        ids=str,
    )
    def test_refuses_what_was_made_for_something_else(self, lies: dict[str, str]) -> None:
        with pytest.raises(BadPasskey):
            passkeys.created(SITE, CHALLENGE, authenticator().create(CREATE, **lies))

    @pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject"])
    @pytest.mark.parametrize("junk", ["", "!", "AAAA", "oA", "\udc80", "gg" * 4000, b64(b"\x81" * 3000)])
    def test_refuses_junk(self, part: str, junk: str) -> None:
        made = authenticator().create(CREATE)
        made["response"][part] = junk
        with pytest.raises(BadPasskey):
            passkeys.created(SITE, CHALLENGE, made)

    def test_does_not_ask_for_one_it_has(self) -> None:
        known = stored(authenticator().create(CREATE))
        again = passkeys.creation_options(SITE, CHALLENGE, user_id=USER_ID, username="m", full_name="", known=[known])
        assert [one["id"] for one in again["excludeCredentials"]] == [known.credential_id]


class TestAnswered:
    ASK = passkeys.request_options(SITE, CHALLENGE, known=[], alone=True)

    def answer(self, how: Authenticator, *, alone: bool = True, method: MfaMethod | None = None, **lies: Any) -> bool:
        method = method or stored(how.create(CREATE))
        return passkeys.answered(SITE, CHALLENGE, how.get(self.ASK, **lies), method, alone=alone) is not None

    @pytest.mark.parametrize("algorithm", ALGORITHMS)
    def test_takes_what_authenticators_sign(self, algorithm: str) -> None:
        assert self.answer(authenticator(algorithm=algorithm))

    @pytest.mark.parametrize(
        "lies",
        [
            {"challenge": b64(b"x" * 64)},
            {"origin": "https://desk.example.evil"},
            {"origin": "null"},
            {"rp_id": "evil.example"},
            {"type": "webauthn.create"},
            {"user_handle": ids.uid().encode()},
            {"key": Authenticator("")._key()},
        ],
        ids=",".join,
    )
    def test_refuses_what_was_signed_for_something_else(self, lies: dict[str, Any]) -> None:
        assert not self.answer(authenticator(), **lies)

    def test_alone_it_must_have_verified_its_person(self) -> None:
        assert not self.answer(authenticator(verifies=False))
        assert self.answer(authenticator(verifies=False), alone=False)

    def test_one_that_counts_backwards_was_copied(self) -> None:
        key = authenticator()
        method = stored(key.create(CREATE))
        method.sign_count = 5
        assert not self.answer(key, method=method)  # it counts 2 now
        key.passkeys[0].count = 5
        assert self.answer(key, method=method)

    def test_one_that_does_not_count_is_fine(self) -> None:
        key = authenticator(counts=False)
        method = stored(key.create(CREATE))
        assert self.answer(key, method=method)
        assert self.answer(key, method=method)

    @pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
    @pytest.mark.parametrize("junk", ["", "!", "AAAA", 7, None, {}, [], "\udc80"])
    def test_refuses_junk(self, part: str, junk: Any) -> None:
        key = authenticator()
        method = stored(key.create(CREATE))
        given = key.get(self.ASK)
        given["response"][part] = junk
        wanted = part == "userHandle" and junk is None  # which authenticators may leave out
        assert (passkeys.answered(SITE, CHALLENGE, given, method, alone=True) is not None) is wanted

    @pytest.mark.parametrize("junk", [{}, {"response": None}, {"response": []}, {"id": 1, "response": {}}])
    def test_refuses_what_is_no_credential(self, junk: dict[str, Any]) -> None:
        method = stored(authenticator().create(CREATE))
        assert passkeys.answered(SITE, CHALLENGE, junk, method, alone=True) is None
