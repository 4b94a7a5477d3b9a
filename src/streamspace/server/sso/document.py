"""The shape a SAML response must have before anybody believes a word of it.

Signatures cover what they reference, and wrapping attacks live on the difference between that and what is read. So a
response is only looked at when there is nothing to confuse: one assertion, each ID once, each signature a child of what
it signs, no comments, no document type. What is read later is read from this one assertion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from streamspace.server.sso.errors import SsoRefused

SKEW = timedelta(seconds=60)
LONGEST_VALIDITY = timedelta(hours=24)
"""An assertion is remembered until nobody could show it again; so it may not be good for ever."""
LARGEST_BYTES = 512 * 1024
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
DS = "http://www.w3.org/2000/09/xmldsig#"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
SIGNATURES = frozenset(
    {*(f"{_MORE}rsa-sha{bits}" for bits in (256, 384, 512)), *(f"{_MORE}ecdsa-sha{bits}" for bits in (256, 384, 512))}
)
_DIGESTS = frozenset(
    {
        "http://www.w3.org/2001/04/xmlenc#sha256",
        "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "http://www.w3.org/2001/04/xmlenc#sha512",
    }
)
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_TRANSFORMS = frozenset({f"{DS}enveloped-signature", _EXCLUSIVE})
_IDS = frozenset({"id", "assertionid"})
_XML_DECLARATION = re.compile(
    r"<\?xml\s+version=[\"']1\.0[\"'](\s+encoding=[\"']utf-8[\"'])?(\s+standalone=[^?]*)?\s*\?>", re.IGNORECASE
)

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z")


class BadDocument(SsoRefused):
    """The identity provider's answer is not one that can be believed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """What a response must fit."""

    issuer: str
    audience: str
    recipient: str
    response_signed: bool
    request_id: str | None
    """The request it answers; None if nobody asked, which must be allowed."""
    now: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Assertion:
    """What the one assertion of a response says."""

    id: str
    name_id: str
    name_format: str
    session_index: str | None
    not_on_or_after: datetime
    attributes: dict[str, list[str]]


def parse(xml: bytes, root: str) -> Element:
    """Read a document that holds nothing but elements, attributes and text.

    Raises:
        BadDocument: it holds more, or is another document.
    """
    _need(len(xml) <= LARGEST_BYTES, "it is too large")
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        raise BadDocument("It is not UTF-8.") from None
    # A document type can name files, and a comment can end a name early: "admin@a.org<!---->.evil.org".
    _need("<!" not in text, "it has a comment, a CDATA section or a document type")
    if text.startswith("<?xml"):
        declaration = _XML_DECLARATION.match(text)
        _need(declaration is not None, "its declaration is another than XML 1.0 in UTF-8")
        text = text[declaration.end() :] if declaration else text
    _need("<?" not in text, "it has a processing instruction")
    try:
        found: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        raise BadDocument("It is not XML.") from None
    _need(found.tag == f"{{{SAMLP}}}{root}", f"it is no {root}")
    ids = [value for element in found.iter() for name, value in element.attrib.items() if _local(name) in _IDS]
    _need(len(ids) == len(set(ids)), "an ID is there twice")
    return found


def check_response(response: Element, expected: Expected) -> Assertion:
    """Check everything but the signature's value, and return what the assertion says.

    Raises:
        BadDocument: the message says what is wrong, for the log.
    """
    _need(response.get("Version") == "2.0", "it is not SAML 2.0")
    _check_status(response)
    _need(response.get("Destination", expected.recipient) == expected.recipient, "its destination is another")
    _check_issuer(response, expected, must=False)
    answers = response.get("InResponseTo")
    _need(answers == expected.request_id, "it answers another request")

    encrypted = [e for e in response.iter() if _local(e.tag) in {"encryptedassertion", "encryptedid", "encrypteddata"}]
    _need(not encrypted, "it is encrypted, which is not supported: turn encryption of assertions off")
    assertions = [e for e in response.iter() if _local(e.tag) == "assertion"]
    _need(len(assertions) == 1, f"it has {len(assertions)} assertions")
    assertion = assertions[0]
    _need(assertion in list(response) and assertion.tag == f"{{{SAML}}}Assertion", "its assertion is inside something")
    check_signatures(response, signed=[assertion, *([response] if expected.response_signed else [])])
    _check_issuer(assertion, expected, must=True)
    return _read(assertion, expected)


def check_signatures(root: Element, *, signed: list[Element]) -> None:
    """Check that signatures are children of what they sign, and made in a way we accept."""
    signatures = [e for e in root.iter() if _local(e.tag) == "signature"]
    for parent in root.iter():
        mine = [child for child in parent if child in signatures]
        _need(len(mine) <= 1, "something is signed twice")
        _need(bool(mine) or parent not in signed, f"its {_local(parent.tag)} is not signed")
        for signature in mine:
            _need(parent is root or parent in signed, "something else is signed")
            _check_signature(signature, parent)


def _check_signature(signature: Element, parent: Element) -> None:
    _need(signature.tag == f"{{{DS}}}Signature", "its signature is of another kind")
    parts = [_local(child.tag) for child in signature]
    _need(
        parts in (["signedinfo", "signaturevalue"], ["signedinfo", "signaturevalue", "keyinfo"]),
        "its signature has more parts",
    )
    info = signature[0]
    _need(
        [child.tag for child in info]
        == [f"{{{DS}}}{n}" for n in ("CanonicalizationMethod", "SignatureMethod", "Reference")],
        "its signature has not exactly one reference",
    )
    canonical, method, reference = info
    _need(canonical.get("Algorithm") == _EXCLUSIVE, "its canonicalization is another")
    _need(method.get("Algorithm") in SIGNATURES, f"it is signed with {str(method.get('Algorithm'))[:80]}")
    _need(
        bool(parent.get("ID")) and reference.get("URI") == f"#{parent.get('ID')}", "its signature is of something else"
    )
    transforms = [e.get("Algorithm") for e in reference.iter(f"{{{DS}}}Transform")]
    _need(set(transforms) <= _TRANSFORMS and len(transforms) <= len(_TRANSFORMS), "its signature transforms")
    digests = [e.get("Algorithm") for e in reference.iter(f"{{{DS}}}DigestMethod")]
    _need(len(digests) == 1 and digests[0] in _DIGESTS, f"its digest is {str(digests)[:80]}")


def _check_status(response: Element) -> None:
    codes = response.findall(f"{{{SAMLP}}}Status/{{{SAMLP}}}StatusCode")
    _need(len(codes) == 1, "it has no status")
    if codes[0].get("Value") != _SUCCESS:
        inner = [str(code.get("Value")).rpartition(":")[2] for code in codes[0].iter()]
        raise BadDocument(f"The provider did not let the person in: {' '.join(inner)[:200]}.")


def _check_issuer(element: Element, expected: Expected, *, must: bool) -> None:
    issuers = element.findall(f"{{{SAML}}}Issuer")
    _need(len(issuers) == 1 or (not issuers and not must), "it has no issuer")
    _need(all(_words(issuer) == expected.issuer for issuer in issuers), "its issuer is another")


def _read(assertion: Element, expected: Expected) -> Assertion:
    _need(assertion.get("Version") == "2.0", "its assertion is not SAML 2.0")
    _need(assertion.find(f"{{{SAML}}}Advice") is None, "it has advice")
    _check_conditions(assertion, expected)
    subject = _one(assertion, "Subject")
    until = _check_confirmation(_one(subject, "SubjectConfirmation"), expected)
    name = _one(subject, "NameID")
    _need(len(name) == 0 and bool(_words(name)) and len(_words(name)) <= 500, "its name cannot be used")  # noqa: PLR2004
    statement = _one(assertion, "AuthnStatement")
    made = _instant(statement.get("AuthnInstant"))
    _need(made <= expected.now + SKEW, "the person signed in in the future")
    ends = statement.get("SessionNotOnOrAfter")
    _need(ends is None or _instant(ends) > expected.now - SKEW, "its session is over")
    index = statement.get("SessionIndex")
    return Assertion(
        id=str(assertion.get("ID")),
        name_id=_words(name),
        name_format=name.get("Format", ""),
        session_index=index[:255] if index else None,
        not_on_or_after=until,
        attributes=_attributes(assertion),
    )


def _check_conditions(assertion: Element, expected: Expected) -> None:
    conditions = _one(assertion, "Conditions")
    _check_window(conditions, expected.now)
    allowed = {f"{{{SAML}}}{name}" for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}
    _need({child.tag for child in conditions} <= allowed, "it has a condition that is not known")
    restrictions = conditions.findall(f"{{{SAML}}}AudienceRestriction")
    _need(bool(restrictions), "it is for nobody in particular")
    for restriction in restrictions:
        audiences = {_words(audience) for audience in restriction.findall(f"{{{SAML}}}Audience")}
        _need(expected.audience in audiences, "it is for somebody else")


def _check_confirmation(confirmation: Element, expected: Expected) -> datetime:
    _need(confirmation.get("Method") == BEARER, "its subject is confirmed in another way")
    data = _one(confirmation, "SubjectConfirmationData")
    _need(data.get("Recipient") == expected.recipient, "its recipient is another")
    _need(data.get("InResponseTo") == expected.request_id, "its assertion answers another request")
    _need(data.get("NotOnOrAfter") is not None, "it never ends")
    _check_window(data, expected.now)
    return _instant(data.get("NotOnOrAfter"))


def _check_window(element: Element, now: datetime) -> None:
    begins, ends = element.get("NotBefore"), element.get("NotOnOrAfter")
    _need(begins is None or _instant(begins) <= now + SKEW, "it is not yet good")
    _need(ends is None or _instant(ends) > now - SKEW, "it has expired")
    _need(ends is None or _instant(ends) <= now + LONGEST_VALIDITY, "it is good for too long")


def _attributes(assertion: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for attribute in assertion.iterfind(f"{{{SAML}}}AttributeStatement/{{{SAML}}}Attribute"):
        values = [_words(value) for value in attribute.findall(f"{{{SAML}}}AttributeValue") if len(value) == 0]
        for name in {attribute.get("Name"), attribute.get("FriendlyName")} - {None, ""}:
            found.setdefault(str(name), []).extend(values)
    return found


def _one(parent: Element, name: str) -> Element:
    found = parent.findall(f"{{{SAML}}}{name}")
    _need(len(found) == 1, f"it has {len(found)} {name}")
    return found[0]


def _instant(text: str | None) -> datetime:
    if text is None or not _INSTANT.fullmatch(text):
        raise BadDocument("A time in it cannot be read.")
    try:
        return datetime.fromisoformat(f"{text[:19]}+00:00").astimezone(UTC)
    except ValueError:
        raise BadDocument("A time in it cannot be read.") from None


def _words(element: Element) -> str:
    return (element.text or "").strip()


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _need(fact: bool, otherwise: str) -> None:  # noqa: FBT001
    if not fact:
        raise BadDocument(f"The document is refused: {otherwise}.")


def children(element: Element, name: str) -> Iterator[str]:
    """Yield the texts of an element's children."""
    for child in element:
        if _local(child.tag) == name.lower():
            yield _words(child)


def instant(text: str | None) -> datetime:
    """Read a time as SAML writes it.

    Raises:
        BadDocument: it is none.
    """
    return _instant(text)
