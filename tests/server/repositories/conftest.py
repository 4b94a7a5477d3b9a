from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from streamspace.server.core import outbound
from tests.server.repositories import hosts


@pytest.fixture(autouse=True)
def _own_authorities() -> Iterator[None]:
    outbound.tls.cache_clear()
    yield
    outbound.tls.cache_clear()


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[hosts.Host]:
    """An HTTPS server of this machine, whose certificate is trusted."""
    with hosts.https(tmp_path / "https") as host:
        monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))
        yield host
