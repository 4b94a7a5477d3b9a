"""What a SAML provider says about itself: read once, kept as facts, told to pysaml2 in a form of our own."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from streamspace.server.sso.errors import BadProvider

MD = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_SMALLEST_RSA = 2048
_MOST_CERTIFICATES = 10
_LONGEST = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What we need to know of a provider."""

    entity_id: str
    sso_url: str
    slo_url: str = ""
    slo_answer_url: str = ""
    certificates: tuple[str, ...] = ()
    """DER in base64."""

    def config(self) -> dict[str, Any]:
        """Return the facts as they are kept."""
        return {**asdict(self), "certificates": list(self.certificates)}


def facts_of(config: dict[str, Any]) -> Facts:
    """Read facts as they are kept."""
    return Facts(
        entity_id=config["entity_id"],
        sso_url=config["sso_url"],
        slo_url=config.get("slo_url", ""),
        slo_answer_url=config.get("slo_answer_url", ""),
        certificates=tuple(config["certificates"]),
    )


def read(xml: bytes | str) -> Facts:
    """Read a provider's metadata.

    Raises:
        BadProvider: it says what is missing.
    """
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, RecursionError, LookupError):
        raise BadProvider("The metadata is not XML.") from None
    roles = [
        (entity, role)
        for entity in root.iter(f"{{{MD}}}EntityDescriptor")
        for role in entity.findall(f"{{{MD}}}IDPSSODescriptor")
    ]
    if len(roles) != 1:
        raise BadProvider(f"The metadata describes {len(roles)} identity providers; it must describe one.")
    entity, role = roles[0]
    entity_id = entity.get("entityID") or ""
    if not entity_id or len(entity_id) > _LONGEST:
        raise BadProvider("The metadata has no entityID.")
    sso = _place(role, "SingleSignOnService")
    if sso is None:
        raise BadProvider("The metadata has no SingleSignOnService with the binding HTTP-Redirect.")
    slo = _place(role, "SingleLogoutService")
    return Facts(
        entity_id=entity_id,
        sso_url=sso.get("Location", ""),
        slo_url=slo.get("Location", "") if slo is not None else "",
        slo_answer_url=slo.get("ResponseLocation", "") if slo is not None else "",
        certificates=tuple(_certificates(role)),
    )


def _place(role: ET.Element, name: str) -> ET.Element | None:
    for found in role.findall(f"{{{MD}}}{name}"):
        if found.get("Binding") == REDIRECT:
            for attribute in ("Location", "ResponseLocation"):
                place = found.get(attribute)
                good = place is None or (urlsplit(place).scheme in {"https", "http"} and len(place) <= _LONGEST)
                if not good or (place is None and attribute == "Location"):
                    raise BadProvider(f"The {name} in the metadata is not an address.")
            return found
    return None


def _certificates(role: ET.Element) -> Sequence[str]:
    found: list[str] = []
    for descriptor in role.findall(f"{{{MD}}}KeyDescriptor"):
        if descriptor.get("use", "signing") == "signing":
            found += ["".join((e.text or "").split()) for e in descriptor.iter(f"{{{DS}}}X509Certificate")]
    unique = list(dict.fromkeys(found))[:_MOST_CERTIFICATES]
    if not unique:
        raise BadProvider("The metadata has no certificate for signing.")
    for text in unique:
        _check_certificate(text)
    return unique


def _load(text: str) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        raise BadProvider("A certificate in the metadata cannot be read.") from None


def _check_certificate(text: str) -> None:
    key = _load(text).public_key()
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < _SMALLEST_RSA:
            raise BadProvider(f"The provider's key has {key.key_size} bits; it needs {_SMALLEST_RSA}.")
    elif not isinstance(key, ec.EllipticCurvePublicKey):
        raise BadProvider("The provider's key is neither RSA nor elliptic.")


def expiry(facts: Facts) -> datetime:
    """Return when the last of the certificates expires."""
    return max(_load(text).not_valid_after_utc for text in facts.certificates)


def minimal(facts: Facts) -> str:
    """Write metadata that says these facts and nothing else."""
    entity = ET.Element(f"{{{MD}}}EntityDescriptor", {"entityID": facts.entity_id})
    role = ET.SubElement(entity, f"{{{MD}}}IDPSSODescriptor", {"protocolSupportEnumeration": SAMLP})
    for certificate in facts.certificates:
        key = ET.SubElement(role, f"{{{MD}}}KeyDescriptor", {"use": "signing"})
        data = ET.SubElement(ET.SubElement(key, f"{{{DS}}}KeyInfo"), f"{{{DS}}}X509Data")
        ET.SubElement(data, f"{{{DS}}}X509Certificate").text = certificate
    if facts.slo_url:
        place = {"Binding": REDIRECT, "Location": facts.slo_url}
        ET.SubElement(role, f"{{{MD}}}SingleLogoutService", place)
    ET.SubElement(role, f"{{{MD}}}SingleSignOnService", {"Binding": REDIRECT, "Location": facts.sso_url})
    return ET.tostring(entity, encoding="unicode")
