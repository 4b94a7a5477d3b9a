"""Whatever the description allows, and much that it does not, is answered without a fault of ours."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from streamspace.server import program
from streamspace.server.app import create_app
from streamspace.server.core.settings import Settings
from tests.e2e.conftest import free_ports

PASSWORD = "correct horse battery"
SECRETS = {"secret_key": "k" * 40, "gateway_secret": "g" * 40}

described = schemathesis.openapi.from_dict(create_app(Settings(**SECRETS)).openapi())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    data_dir: Path = tmp_path_factory.mktemp("api")
    (port,) = free_ports(1)
    known = Settings(data_dir=data_dir, port=port, admin_password=PASSWORD, **SECRETS)
    ready = threading.Event()
    stopping: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        stop, started = asyncio.Event(), asyncio.Event()
        stopping.append((asyncio.get_running_loop(), stop))
        running = asyncio.create_task(program.serve(known, stop, started))
        await started.wait()
        ready.set()
        await running

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(30)
    url = f"http://127.0.0.1:{port}"
    login = httpx2.post(f"{url}/api/v1/auth/login", json={"username": "admin", "password": PASSWORD})
    yield url, {"Authorization": f"Bearer {login.json()['token']}"}
    loop, stop = stopping[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join(20)


# Signing out would end the login that all the others need.
@described.exclude(path_regex="/auth/logout$").parametrize()
@pytest.mark.timeout(120)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_input_makes_a_server_error(case: schemathesis.Case, server: tuple[str, dict[str, str]]) -> None:
    url, headers = server
    answer = case.call(base_url=url, headers=headers)
    # 503 is an answer: nothing here can run a session, and no gateway is connected.
    if answer.status_code != 503:
        case.validate_response(answer, checks=[not_a_server_error])
