"""A self-signed certificate for one machine, for people who open it from another."""

from __future__ import annotations

import ipaddress
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

_LIFETIME = timedelta(days=397)
"""The longest that browsers accept."""


def own_addresses() -> list[str]:
    """Return this machine's addresses that others may use, IPv4 first; the loopback address if there are none."""
    found = [
        entry.address
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family == socket.AF_INET and not ipaddress.ip_address(entry.address).is_loopback
    ]
    return sorted(found) or ["127.0.0.1"]


def ensure(folder: Path) -> tuple[Path, Path]:
    """Return certificate and key for this machine's names and addresses, making them anew when they near their end."""
    from cryptography import x509  # noqa: PLC0415 - an extra, needed only here

    cert, key = folder / "cert.pem", folder / "key.pem"
    if cert.exists() and key.exists():
        known = x509.load_pem_x509_certificate(cert.read_bytes())
        if known.not_valid_after_utc > datetime.now(UTC) + timedelta(days=14):
            return cert, key
    folder.mkdir(parents=True, exist_ok=True)
    _make(cert, key)
    return cert, key


def _make(cert: Path, key: Path) -> None:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"StreamSpace on {socket.gethostname()}"[:64])])
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.DNSName(socket.gethostname())]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in {"127.0.0.1", *own_addresses()}]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    text = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key.unlink(missing_ok=True)
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
