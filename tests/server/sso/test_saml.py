"""Signing in through SAML: through npm's samlp, and through a provider whose key the test has."""

import re
import urllib.parse
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pyotp
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from fastapi import FastAPI

from streamspace.server.core.fetch import Fetched
from streamspace.server.core.http import Context
from streamspace.server.core.settings import Settings
from streamspace.server.sso import addresses, configuring, jobs, metadata
from tests.server.conftest import Login as SignIn
from tests.server.conftest import client_of
from tests.server.sso import forge
from tests.server.sso.conftest import DESK, Browser, error_of, form, free_port, node
from tests.server.sso.forge import Claims, Key
from tests.server.sso.test_oidc import add

HERE = f"{DESK}/api/v1/auth/saml/acme"
ADDRESSED = Claims(audience=f"{HERE}/metadata", recipient=f"{HERE}/acs", destination=f"{HERE}/acs")
SLO = "https://idp.test.example/slo"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Key:
    return forge.new_key(tmp_path_factory.mktemp("keys"), "provider")


@pytest.fixture
async def admin(login: SignIn) -> httpx2.AsyncClient:
    return await login("admin")


def described(key: Key, **more: Any) -> dict[str, Any]:
    facts = metadata.Facts(
        entity_id=forge.IDP, sso_url="https://idp.test.example/sso", slo_url=SLO, certificates=(key.certificate,)
    )
    return {"name": "acme", "kind": "saml", "displayName": "Acme", "metadataXml": metadata.minimal(facts), **more}


async def asked(browser: Browser, to: str = "/sessions") -> str:
    """Begin to sign in; return the id of our request."""
    begun = await browser.get(f"/api/v1/auth/saml/acme/login?next={to}")
    assert begun.status_code == 303, begun.text
    sent = dict(parse_qsl(urlsplit(begun.headers["location"]).query))
    assert sent["RelayState"] == to
    from streamspace.server.sso.redirects import inflated

    found = re.search(rb' ID="([^"]+)"', inflated(sent["SAMLRequest"]))
    assert found
    return found[1].decode()


async def post(client: httpx2.AsyncClient, xml: str, relay_state: str = "/sessions") -> httpx2.Response:
    return await client.post(
        "/api/v1/auth/saml/acme/acs", data={"SAMLResponse": forge.encoded(xml), "RelayState": relay_state}
    )


async def arrive(browser: Browser, xml: str, relay_state: str = "/sessions") -> httpx2.Response:
    """Post a response as another site's page does, and come back with the ticket."""
    kept = browser.ours.cookies
    browser.ours.cookies = httpx2.Cookies()  # a cross-site post brings none
    answer = await post(browser.ours, xml, relay_state)
    browser.ours.cookies = kept
    if "finish?ticket=" not in answer.headers.get("location", ""):
        return answer
    return await browser.get(answer.headers["location"])


class TestSigningIn:
    async def test_makes_the_person_and_signs_them_in(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key
    ) -> None:
        await add(admin, described(key, groupRules=[{"claim": "engineers", "orgRole": "maintainer"}]))
        request = await asked(browser)
        answer = await arrive(browser, forge.honest(key, replace(ADDRESSED, request=request)))
        assert answer.headers["location"] == "/sessions"
        me = await browser.me()
        assert (me["email"], me["provider"], me["orgRole"]) == ("alice@acme.example", "saml", "maintainer")

    async def test_through_the_address_of_the_only_provider(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key, http: httpx2.AsyncClient
    ) -> None:
        assert (await http.get("/api/v1/auth/saml/login")).status_code == 404
        await add(admin, described(key))
        assert (await http.get("/api/v1/auth/saml/login")).headers["location"].startswith("https://idp.test.example/")
        assert f'entityID="{HERE}/metadata"' in (await http.get("/api/v1/auth/saml/metadata")).text
        request = await asked(browser)
        body = {"SAMLResponse": forge.encoded(forge.honest(key, replace(ADDRESSED, request=request)))}
        answer = await browser.ours.post("/api/v1/auth/saml/acs", data=body)
        assert "/saml/acme/finish?ticket=" in answer.headers["location"]

    @pytest.mark.parametrize("signed", [{}, {"signResponse": True}], ids=["assertion", "response too"])
    async def test_through_samlp(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key, signed: dict[str, Any]
    ) -> None:
        port = free_port()
        pem = f"-----BEGIN CERTIFICATE-----\n{key.certificate}\n-----END CERTIFICATE-----\n"
        user = {"id": "a-1", "displayName": "Alice", "emails": [{"value": "alice@acme.example"}], "name": {}}
        told = {"port": port, "key": key.path.read_text(), "cert": pem, "user": user, "postUrl": f"{HERE}/acs"}
        with node("saml.js", {**told, "more": signed}):
            wanted = {"want_response_signed": True} if signed else {}
            body = {"name": "acme", "kind": "saml", "metadataUrl": f"http://localhost:{port}/metadata", **wanted}
            made = await add(admin, body)
            tested = (await admin.post(f"/api/v1/identity-providers/{made['id']}/test")).json()
            assert tested["ok"], tested
            begun = await browser.get("/api/v1/auth/saml/acme/login?next=/sessions")
            place, fields = form(await browser.get(begun.headers["location"]))
            assert place == f"{HERE}/acs"
            answer = await browser.post(place, fields)
            answer = await browser.get(answer.headers["location"])
        assert answer.headers["location"] == "/sessions"
        assert (await browser.me())["email"] == "alice@acme.example"


class TestTheWayBack:
    async def test_refuses_another_browser(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key, app: FastAPI
    ) -> None:
        await add(admin, described(key))
        request = await asked(browser)
        answer = await post(browser.ours, forge.honest(key, replace(ADDRESSED, request=request)))
        async with client_of(app) as stranger:
            assert error_of(await stranger.get(answer.headers["location"])) == "sso_expired"
        # The ticket is gone with it, whoever showed it.
        assert error_of(await browser.get(answer.headers["location"])) == "sso_expired"

    async def test_refuses_a_replay(self, admin: httpx2.AsyncClient, browser: Browser, key: Key) -> None:
        await add(admin, described(key))
        xml = forge.honest(key, replace(ADDRESSED, request=await asked(browser)))
        assert (await arrive(browser, xml)).headers["location"] == "/sessions"
        assert error_of(await arrive(browser, xml)) == "sso_expired"

    @pytest.mark.parametrize("request_id", ["_made-up", "_" + "A" * 75, None])
    async def test_refuses_what_we_did_not_ask(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key, request_id: str | None
    ) -> None:
        await add(admin, described(key))
        answer = await arrive(browser, forge.honest(key, replace(ADDRESSED, request=request_id)))
        assert error_of(answer) == ("sso_expired" if request_id else "sso_refused")

    async def test_refuses_what_another_provider_was_asked(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key
    ) -> None:
        await add(admin, described(key))
        await add(admin, described(key, name="other"))
        request = await asked(browser)
        xml = forge.honest(
            key,
            replace(
                ADDRESSED,
                request=request,
                audience=f"{HERE}/metadata".replace("acme", "other"),
                recipient=f"{HERE}/acs".replace("acme", "other"),
                destination=f"{HERE}/acs".replace("acme", "other"),
            ),
        )
        body = {"SAMLResponse": forge.encoded(xml)}
        assert error_of(await browser.ours.post("/api/v1/auth/saml/other/acs", data=body)) == "sso_expired"

    async def test_takes_unasked_responses_where_that_is_allowed_but_once(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key
    ) -> None:
        await add(admin, described(key, allowUnsolicited=True))
        xml = forge.honest(key, replace(ADDRESSED, request=None))
        assert (await arrive(browser, xml, "//evil.example")).headers["location"] == "/"
        assert error_of(await arrive(browser, xml)) == "sso_expired"

    async def test_refuses_forgeries_and_writes_down_why(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key, tmp_path: Path
    ) -> None:
        await add(admin, described(key))
        other = forge.new_key(tmp_path, "somebody")
        request = await asked(browser)
        assert (
            error_of(await arrive(browser, forge.honest(other, replace(ADDRESSED, request=request)))) == "sso_refused"
        )
        logs = (await admin.get("/api/v1/admin/audit?action=login.refused")).json()["logs"]
        assert [(entry["outcome"], entry["code"]) for entry in logs] == [("denied", "sso_refused")]
        assert (await admin.get("/api/v1/admin/audit?action=take_saml_response")).json()["logs"] == []

    @pytest.mark.parametrize(
        "body", ["", "SAMLResponse=", "SAMLResponse=%00", "SAMLResponse=a&SAMLResponse=b", "\xff", "a=b"]
    )
    async def test_no_nonsense_is_a_fault_of_ours(
        self, admin: httpx2.AsyncClient, browser: Browser, key: Key, body: str
    ) -> None:
        await add(admin, described(key))
        for path in ("acs", "slo"):
            answer = await browser.ours.post(f"/api/v1/auth/saml/acme/{path}", content=body.encode("latin-1"))
            assert answer.status_code in {303, 400, 403}, (path, answer.text)


def logout_request(key: Key, name: str = "alice@acme.example", **changed: Any) -> str:
    told = {"destination": f"{HERE}/slo", "issued": forge.at(), "session": "session-1", "issuer": forge.IDP, **changed}
    return (
        f'<samlp:LogoutRequest xmlns:samlp="{forge.SAMLP}" xmlns:saml="{forge.SAML}" ID="_out-1" Version="2.0"'
        f' IssueInstant="{told["issued"]}" Destination="{told["destination"]}">'
        f"<saml:Issuer>{told['issuer']}</saml:Issuer><saml:NameID>{name}</saml:NameID>"
        f"<samlp:SessionIndex>{told['session']}</samlp:SessionIndex></samlp:LogoutRequest>"
    )


def in_query(key: Key, xml: str, encode: Callable[[str], str] = urllib.parse.quote_plus) -> str:
    import base64
    import zlib

    packer = zlib.compressobj(wbits=-15)
    packed = base64.b64encode(packer.compress(xml.encode()) + packer.flush()).decode()
    query = f"SAMLRequest={encode(packed)}&RelayState=r&SigAlg={encode(forge.SIG_RSA_SHA256)}"
    private = serialization.load_pem_private_key(key.path.read_bytes(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    signature = private.sign(query.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{query}&Signature={encode(base64.b64encode(signature).decode())}"


class TestSigningOut:
    @pytest.fixture
    async def inside(self, admin: httpx2.AsyncClient, browser: Browser, key: Key) -> Browser:
        await add(admin, described(key))
        request = await asked(browser)
        await arrive(browser, forge.honest(key, replace(ADDRESSED, request=request)))
        await browser.me()
        return browser

    async def _is_inside(self, browser: Browser) -> bool:
        return (await browser.ours.get("/api/v1/users/me")).status_code == 200

    async def test_goes_to_the_provider_with_a_signed_request(self, inside: Browser, key: Key) -> None:
        url = (await inside.ours.get("/api/v1/auth/logout-url")).json()["url"]
        sent = dict(parse_qsl(urlsplit(url).query))
        assert url.startswith(f"{SLO}?")
        assert {"SAMLRequest", "SigAlg", "Signature"} <= sent.keys()

    @pytest.mark.parametrize(
        "encode", [urllib.parse.quote_plus, lambda text: urllib.parse.quote(text, safe="").lower()]
    )
    async def test_the_providers_request_ends_the_login(
        self, inside: Browser, key: Key, encode: Callable[[str], str]
    ) -> None:
        if encode is not urllib.parse.quote_plus:
            encode = _lower_case_escapes
        answer = await inside.get(f"/api/v1/auth/saml/acme/slo?{in_query(key, logout_request(key), encode)}")
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"].startswith(f"{SLO}?SAMLResponse=")
        assert not await self._is_inside(inside)

    async def test_a_posted_request_ends_the_login(self, inside: Browser, key: Key) -> None:
        xml = forge.sign(logout_request(key), "LogoutRequest", "_out-1", key, Claims())
        answer = await inside.ours.post("/api/v1/auth/saml/acme/slo", data={"SAMLRequest": forge.encoded(xml)})
        assert answer.status_code == 303, answer.text
        assert not await self._is_inside(inside)

    async def test_others_requests_end_nothing(self, inside: Browser, key: Key, tmp_path: Path) -> None:
        other = forge.new_key(tmp_path, "somebody")
        good = in_query(key, logout_request(key))
        old = forge.at(-timedelta(minutes=10))
        queries = {
            "other key": in_query(other, logout_request(key)),
            "unsigned": good.partition("&SigAlg")[0],
            "relay state changed": good.replace("RelayState=r", "RelayState=s"),
            "a second request": f"{good}&SAMLRequest=evil",
            "old": in_query(key, logout_request(key, issued=old)),
            "for somebody else": in_query(key, logout_request(key, destination="https://other.example/slo")),
            "of another issuer": in_query(key, logout_request(key, issuer="https://other.example")),
            "with a comment": in_query(key, logout_request(key, name="al<!---->ice@acme.example")),
        }
        for name, query in queries.items():
            answer = await inside.get(f"/api/v1/auth/saml/acme/slo?{query}")
            assert answer.status_code in {303, 403}, name
            assert await self._is_inside(inside), name
        unsigned = {"SAMLRequest": forge.encoded(logout_request(key))}
        assert (await inside.ours.post("/api/v1/auth/saml/acme/slo", data=unsigned)).status_code == 403

    async def test_what_is_signed_counts_and_not_what_stands_beside_it(self, inside: Browser, key: Key) -> None:
        query = f"{in_query(key, logout_request(key, name='nobody@acme.example', session='x'))}&SAML%52equest=evil"
        assert (await inside.get(f"/api/v1/auth/saml/acme/slo?{query}")).status_code == 303
        assert await self._is_inside(inside)


def _lower_case_escapes(text: str) -> str:
    return re.sub(r"%[0-9A-F]{2}", lambda found: found[0].lower(), urllib.parse.quote(text, safe=""))


class TestMetadata:
    def test_what_we_write_is_what_we_read(self, key: Key) -> None:
        facts = metadata.Facts(
            entity_id="https://a&b.example", sso_url="https://idp.example/sso?a=1&b=2", certificates=(key.certificate,)
        )
        assert metadata.read(metadata.minimal(facts)) == facts

    @pytest.mark.parametrize(
        "xml",
        [
            "",
            "<a/>",
            "nonsense",
            '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            f'<md:EntityDescriptor xmlns:md="{metadata.MD}" entityID="x"><md:IDPSSODescriptor/></md:EntityDescriptor>',
        ],
    )
    async def test_what_is_none_is_refused_with_a_reason(self, admin: httpx2.AsyncClient, xml: str) -> None:
        answer = await admin.post(
            "/api/v1/identity-providers", json={"name": "acme", "kind": "saml", "metadataXml": xml}
        )
        assert (answer.status_code, answer.json()["error"]) == (400, "bad_provider")

    def test_a_short_key_is_refused(self, key: Key) -> None:
        import base64

        from cryptography import x509

        private = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - to be refused
        name = x509.Name([])
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(private.public_key())
            .serial_number(1)
            .not_valid_before(datetime.now(UTC))
            .not_valid_after(datetime.now(UTC) + timedelta(days=1))
            .sign(private, hashes.SHA256())
        )
        text = base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()
        facts = metadata.Facts(entity_id="x", sso_url="https://idp.example/sso", certificates=(text,))
        with pytest.raises(metadata.BadProvider, match="1024 bits"):
            metadata.read(metadata.minimal(facts))


def test_request_ids_are_ours_and_of_now_and_of_one_provider(settings: Settings) -> None:
    now = datetime.now(UTC)
    made = addresses.new_request_id(settings, "p", "browser", now)
    assert re.fullmatch(r"_[A-Za-z0-9_-]+", made)
    assert addresses.asked_by(settings, "p", made, now) == addresses.fingerprint("browser")
    assert addresses.asked_by(settings, "q", made, now) is None
    assert addresses.asked_by(settings, "p", made, now + timedelta(minutes=16)) is None
    assert addresses.asked_by(settings, "p", made[:-2] + ("AA" if made[-2:] != "AA" else "BB"), now) is None


class TestRenewal:
    async def test_new_certificates_replace_the_old_ones(
        self,
        admin: httpx2.AsyncClient,
        browser: Browser,
        key: Key,
        tmp_path: Path,
        context: Context,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        fresh = forge.new_key(tmp_path, "fresh")
        told: dict[str, Any] = {"key": key, "entity_id": forge.IDP}

        async def fetch(url: str, **_: Any) -> Fetched:
            facts = metadata.Facts(
                entity_id=told["entity_id"],
                sso_url="https://idp.test.example/sso",
                certificates=(told["key"].certificate,),
            )
            return Fetched(url, 200, httpx2.Headers(), metadata.minimal(facts).encode())

        monkeypatch.setattr(configuring, "fetch", fetch)
        await add(admin, {"name": "acme", "kind": "saml", "metadataUrl": "https://idp.test.example/metadata"})
        told |= {"key": fresh, "entity_id": "https://evil.example"}
        await jobs.refresh_metadata(context.database)
        first = forge.honest(key, replace(ADDRESSED, request=await asked(browser)))
        assert (await arrive(browser, first)).headers["location"] == "/sessions"

        told["entity_id"] = forge.IDP
        await jobs.refresh_metadata(context.database)

        old = forge.honest(key, replace(ADDRESSED, request=await asked(browser), assertion_id="_a2"))
        new = forge.honest(fresh, replace(ADDRESSED, request=await asked(browser), assertion_id="_a3"))
        assert error_of(await arrive(browser, old)) == "sso_refused"
        assert (await arrive(browser, new)).headers["location"] == "/sessions"


class TestSecondFactor:
    @pytest.mark.parametrize("trusted", [False, True])
    async def test_is_asked_for_unless_the_providers_counts(
        self,
        admin: httpx2.AsyncClient,
        browser: Browser,
        key: Key,
        trusted: bool,  # noqa: FBT001
    ) -> None:
        await add(admin, described(key, trustMfa=trusted))
        await arrive(browser, forge.honest(key, replace(ADDRESSED, request=await asked(browser))))
        setup = (await browser.ours.post("/api/v1/security/mfa/setup", json={"type": "totp"})).json()
        code = {"code": pyotp.TOTP(setup["secret"]).now()}
        origin = {"origin": DESK}
        answer = await browser.ours.post(f"/api/v1/security/mfa/{setup['id']}/verify-setup", json=code, headers=origin)
        assert answer.status_code == 200, answer.text

        xml = forge.honest(key, replace(ADDRESSED, request=await asked(browser), assertion_id="_a2"))
        place = (await arrive(browser, xml)).headers["location"]

        if trusted:
            assert place == "/sessions"
        else:
            half = dict(parse_qsl(urlsplit(place).fragment))
            assert place.startswith("/login?next=%2Fsessions#")
            assert half["methods"].split(",")[0] == "totp"
            wrong = {"mfaToken": half["mfaToken"], "code": "000000"}
            assert (await browser.ours.post("/api/v1/auth/mfa", json=wrong)).status_code == 401
