"""Everything but the provider's own word is refused: the corpus of `forge`, and the honest response beside it."""

import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID

from streamspace.server.sso import saml
from streamspace.server.sso.document import BadDocument
from streamspace.server.sso.errors import SamlUnavailable
from tests.server.sso import forge
from tests.server.sso.forge import Claims, Key


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Key, Key]:
    folder = tmp_path_factory.mktemp("keys")
    return forge.new_key(folder, "provider"), forge.new_key(folder, "somebody")


@pytest.fixture(scope="module")
def party(keys: tuple[Key, Key]) -> saml.Party:
    return forge.party(keys[0])


def verify(party: saml.Party, xml: str | bytes, request: str | None = forge.REQUEST) -> saml.Arrival:
    return saml.verify(party, forge.encoded(xml), request_id=request, now=datetime.now(UTC))


class TestTheHonestResponse:
    def test_is_accepted(self, party: saml.Party, keys: tuple[Key, Key]) -> None:
        arrival = verify(party, forge.honest(keys[0]))

        assert arrival.person.subject == arrival.person.email == "alice@acme.example"
        assert arrival.person.email_verified
        assert arrival.person.groups == {"engineers"}
        assert arrival.session_index == "session-1"

    def test_is_accepted_when_the_response_is_signed_too(self, party: saml.Party, keys: tuple[Key, Key]) -> None:
        claims = Claims()
        both = forge.sign(forge.honest(keys[0]), "Response", claims.response_id, keys[0], claims)

        strict = forge.party(keys[0], want_response_signed=True)
        assert verify(party, both).person.subject == "alice@acme.example"
        assert verify(strict, both).person.subject == "alice@acme.example"

    def test_is_refused_where_responses_must_be_signed_too(self, keys: tuple[Key, Key]) -> None:
        with pytest.raises(BadDocument, match="not signed"):
            verify(forge.party(keys[0], want_response_signed=True), forge.honest(keys[0]))

    def test_is_accepted_a_minute_late(self, party: saml.Party, keys: tuple[Key, Key]) -> None:
        late = Claims(not_before=timedelta(minutes=-5), not_after=timedelta(seconds=-30))
        assert verify(party, forge.honest(keys[0], late)).person.email

    def test_is_accepted_unasked_where_that_is_allowed(self, party: saml.Party, keys: tuple[Key, Key]) -> None:
        unasked = forge.honest(keys[0], Claims(request=None))
        assert verify(party, unasked, request=None).person.subject == "alice@acme.example"
        with pytest.raises(BadDocument):
            verify(party, forge.honest(keys[0]), request=None)

    def test_says_what_a_reader_of_escaped_text_reads(self, party: saml.Party, keys: tuple[Key, Key]) -> None:
        odd = verify(party, forge.honest(keys[0], Claims(name="o&apos;neil&amp;co@acme.example")))
        assert odd.person.subject == "o'neil&co@acme.example"

    def test_may_name_the_person_in_an_attribute(self, keys: tuple[Key, Key]) -> None:
        party = forge.party(keys[0], subject_attribute="groups")
        assert verify(party, forge.honest(keys[0])).person.subject == "engineers"
        with pytest.raises(BadDocument):
            verify(party, forge.honest(keys[0], Claims(groups=("a", "b"))))


UNREADABLE = {"not_xml", "nothing", "element_inside_the_name"}
"""Those of which the reason may be that they cannot be read; the others must be refused for what they are."""


@pytest.mark.parametrize("name", forge.FORGERIES)
def test_forgery_is_refused(name: str, party: saml.Party, keys: tuple[Key, Key]) -> None:
    with pytest.raises(BadDocument) as refusal:
        verify(party, forge.FORGERIES[name](*keys))
    assert name in UNREADABLE or refusal.value.message != "It is not XML."


def test_without_xmlsec1_the_person_is_told_what_to_install(
    party: saml.Party, keys: tuple[Key, Key], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saml, "XMLSEC", "xmlsec1-that-is-not-there")
    with pytest.raises(SamlUnavailable, match="apt-get install xmlsec1"):
        verify(party, forge.honest(keys[0]))


def test_our_key_is_in_a_file_only_while_it_is_used(
    party: saml.Party, keys: tuple[Key, Key], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    verify(party, forge.honest(keys[0]))
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in left if "PRIVATE" in path.read_text(errors="replace")]


class TestAnotherImplementation:
    """pysaml2's own identity provider, which knows nothing of `forge`."""

    @pytest.fixture
    def idp(self, party: saml.Party, keys: tuple[Key, Key], tmp_path: Path) -> Any:
        pem = tmp_path / "idp.pem"
        pem.write_text(f"-----BEGIN CERTIFICATE-----\n{keys[0].certificate}\n-----END CERTIFICATE-----\n")
        with warnings.catch_warnings(action="ignore"):  # of its other ciphers, which are not used here
            from saml2.server import Server
        settings = {
            "entityid": forge.IDP,
            "key_file": str(keys[0].path),
            "cert_file": str(pem),
            "xmlsec_binary": saml.binary(),
            "metadata": {"inline": [saml.our_metadata(party)]},
            "signing_algorithm": forge.SIG_RSA_SHA256,
            "digest_algorithm": forge.DIGEST_SHA256,
            "service": {
                "idp": {
                    "endpoints": {"single_sign_on_service": [("https://idp.test.example/sso", BINDING_HTTP_REDIRECT)]},
                    "policy": {
                        "default": {
                            "lifetime": {"minutes": 5},
                            "name_form": "urn:oasis:names:tc:SAML:2.0:attrname-format:basic",
                        }
                    },
                    "want_authn_requests_signed": True,
                }
            },
        }
        return Server(config=IdPConfig().load(settings))

    def test_takes_our_request_and_we_take_its_answer(self, idp: Any, party: saml.Party) -> None:
        url = saml.request_url(party, forge.REQUEST, "/sessions")
        sent = _query(url)
        asked = idp.parse_authn_request(
            sent["SAMLRequest"],
            BINDING_HTTP_REDIRECT,
            relay_state=sent["RelayState"],
            sigalg=sent["SigAlg"],
            signature=sent["Signature"],
        )
        assert asked.message.id == forge.REQUEST
        made = idp.create_authn_response(
            {"mail": ["alice@acme.example"], "displayName": ["Alice"]},
            in_response_to=asked.message.id,
            destination=party.acs_url,
            sp_entity_id=party.entity_id,
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text="a-1"),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
            sign_assertion=True,
            sign_response=True,
            sign_alg=forge.SIG_RSA_SHA256,
            digest_alg=forge.DIGEST_SHA256,
            binding=BINDING_HTTP_POST,
        )

        arrival = verify(party, str(made))

        assert arrival.person.subject == "a-1"
        assert arrival.person.email == "alice@acme.example"
        assert arrival.person.full_name == "Alice"


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))
