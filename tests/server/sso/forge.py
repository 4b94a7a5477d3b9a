"""Writes SAML responses as an identity provider would, and as somebody would who has everything but its key."""

import base64
import copy
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from saml2.sigver import CryptoBackendXmlSec1
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

from streamspace.server.sso import metadata, saml
from streamspace.server.sso.document import DS, SAML, SAMLP

IDP = "https://idp.test.example/metadata"
SP = "https://desk.test.example/api/v1/auth/saml/acme"
REQUEST = "_request-1"
NOW = datetime.now(UTC)
for prefix, uri in (("samlp", SAMLP), ("saml", SAML), ("ds", DS)):
    ET.register_namespace(prefix, uri)


@dataclass(frozen=True)
class Key:
    """A signing key in a file, and its certificate as metadata has it."""

    path: Path
    certificate: str


def new_key(folder: Path, name: str) -> Key:
    private, certificate = saml.new_keys(name, NOW)
    path = folder / f"{name}.pem"
    path.write_text(private)
    return Key(path, "".join(certificate.splitlines()[1:-1]))


def at(delta: timedelta = timedelta(0)) -> str:
    return (datetime.now(UTC) + delta).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a response says."""

    name: str = "alice@acme.example"
    issuer: str = IDP
    audience: str | None = f"{SP}/metadata"
    recipient: str = f"{SP}/acs"
    destination: str = f"{SP}/acs"
    request: str | None = REQUEST
    not_before: timedelta = timedelta(minutes=-1)
    not_after: timedelta = timedelta(minutes=5)
    signature: str = SIG_RSA_SHA256
    digest: str = DIGEST_SHA256
    response_id: str = "_response-1"
    assertion_id: str = "_assertion-1"
    groups: tuple[str, ...] = ("engineers",)
    format: str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
    method: str = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    status: str = "urn:oasis:names:tc:SAML:2.0:status:Success"
    session: str = "session-1"
    extra: dict[str, str] = field(default_factory=dict)


def _answers(request: str | None) -> str:
    return f' InResponseTo="{request}"' if request else ""


def assertion(claims: Claims) -> str:
    groups = "".join(f"<saml:AttributeValue>{group}</saml:AttributeValue>" for group in claims.groups)
    audience = (
        f"<saml:AudienceRestriction><saml:Audience>{claims.audience}</saml:Audience></saml:AudienceRestriction>"
        if claims.audience
        else ""
    )
    return (
        f'<saml:Assertion xmlns:saml="{SAML}" ID="{claims.assertion_id}" Version="2.0" IssueInstant="{at()}">'
        f"<saml:Issuer>{claims.issuer}</saml:Issuer>"
        f'<saml:Subject><saml:NameID Format="{claims.format}">{claims.name}</saml:NameID>'
        f'<saml:SubjectConfirmation Method="{claims.method}"><saml:SubjectConfirmationData'
        f' NotOnOrAfter="{at(claims.not_after)}" Recipient="{claims.recipient}"{_answers(claims.request)}/>'
        "</saml:SubjectConfirmation></saml:Subject>"
        f'<saml:Conditions NotBefore="{at(claims.not_before)}" NotOnOrAfter="{at(claims.not_after)}">{audience}'
        "</saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="{at()}" SessionIndex="{claims.session}"><saml:AuthnContext>'
        "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>"
        "</saml:AuthnContext></saml:AuthnStatement>"
        '<saml:AttributeStatement><saml:Attribute Name="groups"'
        f' NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">{groups}</saml:Attribute>'
        "</saml:AttributeStatement></saml:Assertion>"
    )


def response(claims: Claims, inner: str) -> str:
    return (
        f'<samlp:Response xmlns:samlp="{SAMLP}" xmlns:saml="{SAML}" ID="{claims.response_id}" Version="2.0"'
        f' IssueInstant="{at()}" Destination="{claims.destination}"{_answers(claims.request)}>'
        f"<saml:Issuer>{claims.issuer}</saml:Issuer>"
        f'<samlp:Status><samlp:StatusCode Value="{claims.status}"/></samlp:Status>{inner}</samlp:Response>'
    )


def sign(xml: str, node: str, ident: str, key: Key, claims: Claims) -> str:
    """Sign one element; xmlsec1 fills in an empty signature placed after the issuer."""
    empty = (
        f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo>'
        '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
        f'<ds:SignatureMethod Algorithm="{claims.signature}"/><ds:Reference URI="#{ident}"><ds:Transforms>'
        '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{claims.digest}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo>'
        "<ds:SignatureValue/></ds:Signature>"
    )
    begin = xml.index(f'ID="{ident}"')
    after = xml.index("</saml:Issuer>", begin) + len("</saml:Issuer>")
    backend = CryptoBackendXmlSec1(str(shutil.which("xmlsec1")))
    uri = SAMLP if node in {"Response", "LogoutRequest"} else SAML
    signed: str = backend.sign_statement(xml[:after] + empty + xml[after:], f"{uri}:{node}", str(key.path), ident)
    return re.sub(r"^<\?xml[^>]*\?>\s*", "", signed)


def honest(key: Key, claims: Claims | None = None) -> str:
    """A response as a good provider makes it: its assertion is signed."""
    claims = claims or Claims()
    return sign(response(claims, assertion(claims)), "Assertion", claims.assertion_id, key, claims)


def encoded(xml: str | bytes) -> str:
    return base64.b64encode(xml.encode() if isinstance(xml, str) else xml).decode()


def party(key: Key, *, name: str = "acme", **more: object) -> saml.Party:
    private, certificate = saml.new_keys("sp", NOW)
    facts = metadata.Facts(entity_id=IDP, sso_url="https://idp.test.example/sso", certificates=(key.certificate,))
    return saml.Party(
        name=name,
        entity_id=f"{SP}/metadata",
        acs_url=f"{SP}/acs",
        slo_url=f"{SP}/slo",
        key_pem=private,
        certificate_pem=certificate,
        provider=facts,
        **more,  # type: ignore[arg-type]
    )


# The corpus: each takes the provider's key and another one, and makes what must be refused.

Forgery = Callable[[Key, Key], str | bytes]
FORGERIES: dict[str, Forgery] = {}


def forgery(make: Forgery) -> Forgery:
    FORGERIES[make.__name__] = make
    return make


def _evil(tree: ET.Element, new_id: str = "_evil") -> ET.Element:
    """A copy of the assertion for somebody else, without a signature."""
    copied = copy.deepcopy(_find(tree, SAML, "Assertion"))
    copied.set("ID", new_id)
    _find(copied, SAML, "NameID").text = "admin@acme.example"
    copied.remove(_find(copied, DS, "Signature"))
    return copied


def _find(tree: ET.Element, uri: str, name: str) -> ET.Element:
    found = next(tree.iter(f"{{{uri}}}{name}"), None)
    assert found is not None
    return found


def _parent(tree: ET.Element, child: ET.Element) -> ET.Element:
    return next(element for element in tree.iter() if child in list(element))


def _tree(key: Key, *, whole: bool = False) -> ET.Element:
    claims = Claims()
    xml = response(claims, assertion(claims))
    node, ident = ("Response", claims.response_id) if whole else ("Assertion", claims.assertion_id)
    return ET.fromstring(sign(xml, node, ident, key, claims))  # noqa: S314


def _text(tree: ET.Element) -> str:
    return ET.tostring(tree, encoding="unicode")


def _whole_evil(key: Key) -> tuple[ET.Element, ET.Element, ET.Element]:
    """A signed response, the same for somebody else, and the signature taken out of the signed one."""
    good = _tree(key, whole=True)
    evil = copy.deepcopy(good)
    evil.set("ID", "_evil")
    _find(evil, SAML, "NameID").text = "admin@acme.example"
    return good, evil, _find(evil, DS, "Signature")


@forgery
def wrapping_1_response_inside_the_signature(key: Key, other: Key) -> str:
    good, evil, signature = _whole_evil(key)
    good.remove(_find(good, DS, "Signature"))
    signature.append(good)
    return _text(evil)


@forgery
def wrapping_2_response_beside_the_signature(key: Key, other: Key) -> str:
    good, evil, signature = _whole_evil(key)
    good.remove(_find(good, DS, "Signature"))
    evil.insert(list(evil).index(signature), good)
    return _text(evil)


@forgery
def wrapping_3_evil_assertion_before_the_signed_one(key: Key, other: Key) -> str:
    tree = _tree(key)
    tree.insert(list(tree).index(_find(tree, SAML, "Assertion")), _evil(tree))
    return _text(tree)


@forgery
def wrapping_4_signed_assertion_inside_the_evil_one(key: Key, other: Key) -> str:
    tree = _tree(key)
    good, evil = _find(tree, SAML, "Assertion"), _evil(tree)
    tree.remove(good)
    evil.append(good)
    tree.append(evil)
    return _text(tree)


@forgery
def wrapping_5_signature_moved_into_the_evil_assertion(key: Key, other: Key) -> str:
    tree = _tree(key)
    good, evil = _find(tree, SAML, "Assertion"), _evil(tree)
    signature = _find(good, DS, "Signature")
    good.remove(signature)
    evil.insert(1, signature)
    tree.insert(0, evil)
    return _text(tree)


@forgery
def wrapping_6_signed_assertion_inside_the_moved_signature(key: Key, other: Key) -> str:
    tree = _tree(key)
    good, evil = _find(tree, SAML, "Assertion"), _evil(tree)
    signature = _find(good, DS, "Signature")
    good.remove(signature)
    tree.remove(good)
    signature.append(good)
    evil.insert(1, signature)
    tree.append(evil)
    return _text(tree)


@forgery
def wrapping_7_evil_assertion_inside_extensions(key: Key, other: Key) -> str:
    tree = _tree(key)
    extensions = ET.Element(f"{{{SAMLP}}}Extensions")
    extensions.append(_evil(tree, "_assertion-1"))
    tree.insert(1, extensions)
    return _text(tree)


@forgery
def wrapping_8_signed_assertion_inside_an_object(key: Key, other: Key) -> str:
    tree = _tree(key)
    good, evil = _find(tree, SAML, "Assertion"), _evil(tree, "_assertion-1")
    signature = _find(good, DS, "Signature")
    good.remove(signature)
    tree.remove(good)
    inside = ET.SubElement(signature, f"{{{DS}}}Object")
    inside.append(good)
    evil.insert(1, signature)
    tree.append(evil)
    return _text(tree)


@forgery
def wrapping_through_advice(key: Key, other: Key) -> str:
    tree = _tree(key)
    good = _find(tree, SAML, "Assertion")
    evil = _evil(tree)
    advice = ET.Element(f"{{{SAML}}}Advice")
    tree.remove(good)
    advice.append(good)
    evil.insert(3, advice)
    tree.append(evil)
    return _text(tree)


@forgery
def two_elements_with_one_id(key: Key, other: Key) -> str:
    tree = _tree(key)
    tree.append(_evil(tree, "_assertion-1"))
    return _text(tree)


@forgery
def unsigned(key: Key, other: Key) -> str:
    claims = Claims()
    return response(claims, assertion(claims))


@forgery
def signature_of_the_response_only(key: Key, other: Key) -> str:
    return _text(_tree(key, whole=True))


@forgery
def changed_after_signing(key: Key, other: Key) -> str:
    return honest(key).replace("alice@acme.example", "admin@acme.example")


@forgery
def group_added_after_signing(key: Key, other: Key) -> str:
    extra = "<saml:AttributeValue>administrators</saml:AttributeValue>"
    return honest(key).replace("<saml:AttributeValue>", f"{extra}<saml:AttributeValue>", 1)


@forgery
def signed_by_another_key(key: Key, other: Key) -> str:
    return honest(other)


@forgery
def signed_by_another_key_that_it_brings_along(key: Key, other: Key) -> str:
    certificate = f"<ds:X509Certificate>{other.certificate}</ds:X509Certificate>"
    info = f"<ds:KeyInfo><ds:X509Data>{certificate}</ds:X509Data></ds:KeyInfo>"
    return honest(other).replace("</ds:SignatureValue>", f"</ds:SignatureValue>{info}")


@forgery
def signature_without_a_value(key: Key, other: Key) -> str:
    return re.sub(r"<ds:SignatureValue>.*?</ds:SignatureValue>", "<ds:SignatureValue/>", honest(key), flags=re.DOTALL)


@forgery
def signature_made_with_sha1(key: Key, other: Key) -> str:
    return honest(key, Claims(signature="http://www.w3.org/2000/09/xmldsig#rsa-sha1"))


@forgery
def digest_made_with_sha1(key: Key, other: Key) -> str:
    return honest(key, Claims(digest="http://www.w3.org/2000/09/xmldsig#sha1"))


@forgery
def signature_made_with_a_shared_secret(key: Key, other: Key) -> str:
    wanted = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
    return honest(key).replace(SIG_RSA_SHA256, wanted)


@forgery
def signature_of_the_whole_document_by_empty_reference(key: Key, other: Key) -> str:
    return honest(key).replace('URI="#_assertion-1"', 'URI=""')


@forgery
def signature_with_an_xpath_transform(key: Key, other: Key) -> str:
    return honest(key).replace(
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
        '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">'
        "<ds:XPath>not(ancestor-or-self::saml:Subject)</ds:XPath></ds:Transform>",
    )


def _of(**changed: object) -> Forgery:
    return lambda key, _other: honest(key, replace(Claims(), **changed))  # type: ignore[arg-type]


FORGERIES |= {
    "for_another_audience": _of(audience="https://other.test.example/metadata"),
    "for_no_audience": _of(audience=None),
    "for_another_recipient": _of(recipient="https://other.test.example/acs"),
    "for_another_destination": _of(destination="https://other.test.example/acs"),
    "from_another_issuer": _of(issuer="https://other.test.example/metadata"),
    "expired": _of(not_before=timedelta(minutes=-20), not_after=timedelta(minutes=-2)),
    "not_yet_valid": _of(not_before=timedelta(minutes=3), not_after=timedelta(minutes=9)),
    "valid_for_years": _of(not_after=timedelta(days=3650)),
    "answers_another_request": _of(request="_request-of-somebody-else"),
    "answers_no_request": _of(request=None),
    "subject_confirmed_by_sender_vouches": _of(method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"),
    "status_is_failure": _of(status="urn:oasis:names:tc:SAML:2.0:status:Responder"),
    "name_is_transient": _of(format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
    "name_is_empty": _of(name=" "),
}


@forgery
def comment_inside_the_name(key: Key, other: Key) -> str:
    """The signature stays good, because canonicalisation drops comments; a careless reader stops at it."""
    signed = honest(key, Claims(name="admin@acme.example.evil.example"))
    return signed.replace("admin@acme.example.evil.example", "admin@acme.example<!---->.evil.example")


@forgery
def processing_instruction_inside_the_name(key: Key, other: Key) -> str:
    return honest(key).replace("alice@", "al<?x y?>ice@")


@forgery
def element_inside_the_name(key: Key, other: Key) -> str:
    return honest(key, Claims(name="admin@acme.example<saml:Issuer>x</saml:Issuer>"))


@forgery
def document_type_with_an_entity(key: Key, other: Key) -> str:
    return '<!DOCTYPE r [<!ENTITY name "admin@acme.example">]>' + honest(key).replace("alice@acme.example", "&name;")


@forgery
def external_entity(key: Key, other: Key) -> str:
    return '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + honest(key).replace("alice@acme.example", "&f;")


@forgery
def billion_laughs(key: Key, other: Key) -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY l0 "ha">{levels}]>' + honest(key).replace("alice@acme.example", "&l9;")


@forgery
def document_type_in_utf_16(key: Key, other: Key) -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE r [<!ENTITY n "admin@acme.example">]>' + honest(key)
    return text.encode("utf-16")


@forgery
def document_type_in_utf_7(key: Key, other: Key) -> str:
    return '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE r+AD4-' + honest(key)


@forgery
def encrypted_assertion(key: Key, other: Key) -> str:
    claims = Claims()
    inner = (
        '<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">'
        "<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>"
        "</saml:EncryptedAssertion>"
    )
    return sign(response(claims, inner), "Response", claims.response_id, key, claims)


@forgery
def no_assertion_at_all(key: Key, other: Key) -> str:
    claims = Claims()
    return sign(response(claims, ""), "Response", claims.response_id, key, claims)


@forgery
def a_logout_response(key: Key, other: Key) -> str:
    return honest(key).replace("samlp:Response", "samlp:LogoutResponse")


@forgery
def not_xml(key: Key, other: Key) -> str:
    return "alice@acme.example"


@forgery
def nothing(key: Key, other: Key) -> str:
    return ""


@forgery
def deeply_nested(key: Key, other: Key) -> str:
    return honest(key).replace("<saml:AttributeValue>", "<saml:AttributeValue>" + "<a>" * 20000 + "</a>" * 20000, 1)
