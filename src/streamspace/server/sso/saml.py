"""SAML 2.0, as the service provider. pysaml2 and xmlsec1 verify; `document` decides what may be verified at all.

Everything here blocks: xmlsec1 is another program. Call it in a thread.
"""

from __future__ import annotations

import base64
import binascii
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, saml, samlp, xmldsig
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.metadata import entity_descriptor

from streamspace.server.sso import document, metadata, redirects
from streamspace.server.sso.admission import External
from streamspace.server.sso.document import SAML, SAMLP, BadDocument
from streamspace.server.sso.errors import SamlUnavailable

XMLSEC = "xmlsec1"
OLDEST_MESSAGE = timedelta(minutes=5)
_KEY_YEARS = 20
_EMAIL_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
EMAILS = (
    "email",
    "mail",
    "emailAddress",
    "emailaddress",
    f"{_CLAIMS}/emailaddress",
    "urn:oid:0.9.2342.19200300.100.1.3",
)
NAMES = (
    *(
        "displayName",
        "name",
        "cn",
        "http://schemas.microsoft.com/identity/claims/displayname",
        f"{_CLAIMS}/displayname",
    ),
    *("urn:oid:2.16.840.1.113730.3.1.241", "urn:oid:2.5.4.3"),
)
GIVEN = ("givenName", "firstName", f"{_CLAIMS}/givenname", "urn:oid:2.5.4.42")
FAMILY = ("sn", "surname", "lastName", f"{_CLAIMS}/surname", "urn:oid:2.5.4.4")
USERNAMES = ("username", "uid", "preferred_username", "urn:oid:0.9.2342.19200300.100.1.1")
GROUPS = (
    *("groups", "memberOf", "http://schemas.xmlsoap.org/claims/Group", "Role"),
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """What we are to one provider, and what is known of it."""

    name: str
    entity_id: str
    acs_url: str
    slo_url: str
    key_pem: str = field(repr=False)
    certificate_pem: str = field(repr=False)
    provider: metadata.Facts
    want_response_signed: bool = False
    email_attribute: str = ""
    name_attribute: str = ""
    username_attribute: str = ""
    groups_attribute: str = ""
    subject_attribute: str = ""
    trust_email: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """Somebody a verified assertion is about."""

    person: External
    assertion_id: str
    not_on_or_after: datetime
    session_index: str | None
    name_id: str
    name_format: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LogoutRequest:
    """A provider's verified wish that somebody be signed out."""

    id: str
    name_id: str
    session_indexes: tuple[str, ...]


def binary() -> str:
    """Return where xmlsec1 is.

    Raises:
        SamlUnavailable: nowhere.
    """
    found = shutil.which(XMLSEC)
    if found is None:
        raise SamlUnavailable
    return found


def new_keys(name: str, now: datetime) -> tuple[str, str]:
    """Make the key with which we sign what we ask of a provider, and the certificate that it is told."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"StreamSpace {name}"[:64])])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _KEY_YEARS))
        .sign(key, hashes.SHA256())
    )
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    return key.private_bytes(*form).decode(), made.public_bytes(serialization.Encoding.PEM).decode()


def our_metadata(party: Party) -> str:
    """Return what a provider is told of us."""
    with _client(party) as client:
        return str(entity_descriptor(client.config))


def request_url(party: Party, request_id: str, relay_state: str) -> str:
    """Return where a browser goes to sign in."""
    with _client(party) as client:
        _, found = client.prepare_for_authenticate(
            party.provider.entity_id,
            relay_state=relay_state,
            message_id=request_id,
            sign=True,
            sigalg=xmldsig.SIG_RSA_SHA256,
            nameid_format="",
            allow_create="true",
        )
        return str(dict(found["headers"])["Location"])


def answered_request(encoded: str) -> str | None:
    """Return which request a response says that it answers; nothing of it is verified yet.

    Raises:
        BadDocument: it is none.
    """
    return document.parse(_decoded(encoded), "Response").get("InResponseTo")


def verify(party: Party, encoded: str, *, request_id: str | None, now: datetime) -> Arrival:
    """Verify a response and return whom it is about. `request_id` is None where nobody asked, which is allowed.

    Raises:
        BadDocument: the message says what is wrong, for the log.
        SamlUnavailable: xmlsec1 is not installed.
    """
    xml = _decoded(encoded)
    expected = document.Expected(
        issuer=party.provider.entity_id,
        audience=party.entity_id,
        recipient=party.acs_url,
        response_signed=party.want_response_signed,
        request_id=request_id,
        now=now,
    )
    assertion = document.check_response(document.parse(xml, "Response"), expected)
    with _client(party, unsolicited=request_id is None) as client, _refusing():
        outstanding = {} if request_id is None else {request_id: "/"}
        verified = client.parse_authn_request_response(encoded, BINDING_HTTP_POST, outstanding)
        if verified is None or verified.assertion is None or verified.assertion.id != assertion.id:
            raise BadDocument("It was not verified.")
        if (verified.name_id.text or "").strip() != assertion.name_id:
            raise BadDocument("What was verified is not what was read.")
    return Arrival(
        person=_person(party, assertion),
        assertion_id=assertion.id,
        not_on_or_after=assertion.not_on_or_after,
        session_index=assertion.session_index,
        name_id=assertion.name_id,
        name_format=assertion.name_format,
    )


def _person(party: Party, assertion: document.Assertion) -> External:
    found = assertion.attributes

    def first(chosen: str, usual: tuple[str, ...], longest: int = 254) -> str:
        for name in (chosen,) if chosen else usual:
            for value in found.get(name, ()):
                if value and value.isprintable():
                    return value[:longest]
        return ""

    subject = assertion.name_id
    if party.subject_attribute:
        values = found.get(party.subject_attribute, [])
        if len(values) != 1 or not values[0] or len(values[0]) > 500:  # noqa: PLR2004
            raise BadDocument(f"The attribute {party.subject_attribute} does not say who it is.")
        subject = values[0]
    elif assertion.name_format == document.TRANSIENT:
        raise BadDocument("Its name changes at each sign-in: have the provider send a persistent one.")
    email = first(party.email_attribute, EMAILS)
    if not email and (assertion.name_format == _EMAIL_FORMAT or "@" in assertion.name_id):
        email = assertion.name_id[:254]
    groups = [
        value
        for name in ((party.groups_attribute,) if party.groups_attribute else GROUPS)
        for value in found.get(name, ())
    ]
    return External(
        subject=subject,
        email=email,
        email_verified=bool(email) and party.trust_email,
        domain=email.rpartition("@")[2],
        username=first(party.username_attribute, USERNAMES),
        full_name=first(party.name_attribute, NAMES, 200) or f"{first('', GIVEN, 100)} {first('', FAMILY, 99)}".strip(),
        groups=frozenset(group for group in groups[:2000] if group),
    )


def logout_url(
    party: Party, *, name_id: str, name_format: str, session_index: str | None, relay_state: str
) -> str | None:
    """Return where a browser goes to sign out at the provider too, if it has such a place."""
    if not party.provider.slo_url:
        return None
    with _client(party) as client:
        _, request = client.create_logout_request(
            party.provider.slo_url,
            party.provider.entity_id,
            name_id=saml.NameID(text=name_id, format=name_format or None),
            session_indexes=[session_index] if session_index else None,
            sign=False,
        )
        return _redirected(client, str(request), party.provider.slo_url, relay_state, response=False)


def read_logout_request(party: Party, *, encoded: str = "", query: str | None = None, now: datetime) -> LogoutRequest:
    """Verify a logout request: a query (its signature is there), or what was posted (its signature is inside).

    Raises:
        BadDocument: it is not the provider's, or not for us, or not of now.
    """
    if query is not None:
        sent = redirects.verified(query, party.provider.certificates)
        if sent is None:
            raise BadDocument("The logout request is not signed by the provider.")
        xml = redirects.inflated(sent[0])
        request = document.parse(xml, "LogoutRequest")
    else:
        xml = _decoded(encoded)
        request = document.parse(xml, "LogoutRequest")
        document.check_signatures(request, signed=[request])
        with _client(party) as client, _refusing():
            client.sec.correctly_signed_logout_request(xml.decode(), must=True)
    names = request.findall(f"{{{SAML}}}NameID")
    issued = document.instant(request.get("IssueInstant"))
    ends = request.get("NotOnOrAfter")
    fits = (
        request.get("Destination") == party.slo_url
        and list(document.children(request, "Issuer")) == [party.provider.entity_id]
        and abs(now - issued) <= OLDEST_MESSAGE
        and (ends is None or document.instant(ends) > now - document.SKEW)
        and len(names) == 1
        and len(names[0]) == 0
        and bool(request.get("ID"))
    )
    if not fits:
        raise BadDocument("The logout request is not for us, or not of now.")
    indexes = [(e.text or "").strip()[:255] for e in request.findall(f"{{{SAMLP}}}SessionIndex")]
    return LogoutRequest(
        id=str(request.get("ID")),
        name_id=(names[0].text or "").strip(),
        session_indexes=tuple(index for index in indexes[:100] if index),
    )


def logout_answer_url(party: Party, request_id: str, relay_state: str, now: datetime) -> str | None:
    """Return where a browser takes the news that the person was signed out here."""
    place = party.provider.slo_answer_url or party.provider.slo_url
    if not place:
        return None
    with _client(party) as client:
        answer = samlp.LogoutResponse(
            id=f"_{request_id[-16:]}.{int(now.timestamp())}",
            version="2.0",
            issue_instant=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            in_response_to=request_id,
            destination=place,
            issuer=saml.Issuer(text=party.entity_id),
            status=samlp.Status(status_code=samlp.StatusCode(value=samlp.STATUS_SUCCESS)),
        )
        return _redirected(client, str(answer), place, relay_state, response=True)


def _redirected(client: Saml2Client, message: str, place: str, relay_state: str, *, response: bool) -> str:
    found = client.apply_binding(
        BINDING_HTTP_REDIRECT,
        message,
        place,
        relay_state,
        response=response,
        sign=True,
        sigalg=xmldsig.SIG_RSA_SHA256,
    )
    return str(dict(found["headers"])["Location"])


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        raise BadDocument("It is not base64.") from None


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever pysaml2 raises, which is of many kinds, into a refusal."""
    try:
        yield
    except BadDocument:
        raise
    except Exception as error:
        raise BadDocument(f"It was not verified: {type(error).__name__}: {str(error)[:300]}") from error


@contextmanager
def _client(party: Party, *, unsolicited: bool = False) -> Iterator[Saml2Client]:
    """Open pysaml2 for one provider; our key is in a file only meanwhile."""
    found = binary()
    with tempfile.TemporaryDirectory(prefix="streamspace-saml-") as folder:
        key, certificate = Path(folder, "key.pem"), Path(folder, "certificate.pem")
        key.touch(mode=0o600)
        key.write_text(party.key_pem)
        certificate.write_text(party.certificate_pem)
        settings: dict[str, Any] = {
            "entityid": party.entity_id,
            "xmlsec_binary": found,
            "key_file": str(key),
            "cert_file": str(certificate),
            "accepted_time_diff": int(document.SKEW.total_seconds()),
            "signing_algorithm": xmldsig.SIG_RSA_SHA256,
            "digest_algorithm": xmldsig.DIGEST_SHA256,
            "metadata": {"inline": [metadata.minimal(party.provider)]},
            "service": {
                "sp": {
                    "endpoints": {
                        "assertion_consumer_service": [(party.acs_url, BINDING_HTTP_POST)],
                        "single_logout_service": [
                            (party.slo_url, BINDING_HTTP_REDIRECT),
                            (party.slo_url, BINDING_HTTP_POST),
                        ],
                    },
                    "authn_requests_signed": True,
                    "logout_requests_signed": True,
                    "want_assertions_signed": True,
                    "want_response_signed": party.want_response_signed,
                    "allow_unsolicited": unsolicited,
                    "allow_unknown_attributes": True,
                },
            },
        }
        yield Saml2Client(config=SPConfig().load(settings))
