import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from streamspace.server.core.http import MAX_BODY_BYTES
from tests.server.conftest import Login


@pytest.fixture(params=["sqlite"])
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    # How an error is written does not depend on the database.
    shutil.copy(sqlite_template, tmp_path / "streamspace.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'streamspace.db'}"


class TestErrors:
    async def test_malformed_input_names_the_fields(self, login: Login) -> None:
        admin = await login("admin")
        answer = await admin.post("/api/v1/sessions", json={"template": "editor", "tags": ["ok", ""], "idleTimeout": 5})
        body = answer.json()
        assert (answer.status_code, body["error"]) == (400, "bad_request")
        assert {found["field"] for found in body["details"]} == {"tags.1", "idleTimeout"}
        assert body["message"]
        assert body["requestId"] == answer.headers["x-request-id"]

    @pytest.mark.parametrize("content", ["{", "[]", '"x"', "\xff"])
    async def test_what_is_not_json_is_a_bad_request(self, http: httpx2.AsyncClient, content: str) -> None:
        answer = await http.post(
            "/api/v1/auth/login", content=content.encode("latin-1"), headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")

    @pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
    @pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/nothing", "/api/v1/sessions/a/b/c"])
    async def test_an_unknown_address_is_not_found_whatever_the_method(
        self, http: httpx2.AsyncClient, method: str, path: str
    ) -> None:
        answer = await http.request(method, path)
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found")

    @pytest.mark.parametrize(
        ("method", "path", "allowed"),
        [
            ("GET", "/api/v1/auth/login", {"POST"}),
            ("PUT", "/api/v1/sessions", {"GET", "POST"}),
            ("POST", "/version", {"GET"}),
        ],
    )
    async def test_a_wrong_method_names_the_right_ones(
        self, http: httpx2.AsyncClient, method: str, path: str, allowed: set[str]
    ) -> None:
        answer = await http.request(method, path)
        assert (answer.status_code, answer.json()["error"]) == (405, "method_not_allowed")
        named = {name.strip() for name in answer.headers["allow"].split(",")}
        assert named - {"HEAD"} <= allowed
        assert named

    async def test_a_body_that_is_too_large_is_refused(self, http: httpx2.AsyncClient) -> None:
        answer = await http.post("/api/v1/auth/login", content=b"x" * (MAX_BODY_BYTES + 1))
        assert (answer.status_code, answer.json()["error"]) == (413, "body_too_large")

    async def test_also_one_that_does_not_say_its_length(self, http: httpx2.AsyncClient) -> None:
        async def endless() -> AsyncIterator[bytes]:
            for _ in range(20):
                yield b"x" * 100_000

        answer = await http.post("/api/v1/auth/login", content=endless(), headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (413, "body_too_large")

    async def test_a_bug_is_answered_without_its_details(self, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
        from streamspace.server.people import service

        admin = await login("admin")

        async def broken(*_: object) -> None:
            raise RuntimeError("the secret is hunter-two")

        monkeypatch.setattr(service, "profile", broken)
        answer = await admin.get("/api/v1/users/me")
        assert (answer.status_code, answer.json()["error"]) == (500, "internal_error")
        assert "hunter" not in answer.text
        assert answer.json()["requestId"]


class TestEdge:
    async def test_a_request_id_is_echoed(self, http: httpx2.AsyncClient) -> None:
        answer = await http.get("/api/v1/nothing", headers={"X-Request-Id": "my-request.1"})
        assert answer.headers["x-request-id"] == answer.json()["requestId"] == "my-request.1"

    @pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f", "<script>alert(1)</script>"])
    async def test_one_that_could_spoil_a_log_is_replaced(self, http: httpx2.AsyncClient, given: str) -> None:
        answer = await http.get("/health", headers={"X-Request-Id": given})
        assert answer.headers["x-request-id"] not in {"", given}

    @pytest.mark.parametrize("path", ["/health", "/", "/api/v1/nothing", "/api/openapi.json"])
    async def test_every_answer_has_the_security_headers(self, http: httpx2.AsyncClient, path: str) -> None:
        headers = (await http.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]

    async def test_nothing_of_the_api_is_cached(self, login: Login) -> None:
        assert (await (await login()).get("/api/v1/users/me")).headers["cache-control"] == "no-store"

    async def test_the_path_without_version_is_the_same(self, login: Login) -> None:
        person = await login()
        assert (await person.get("/api/users/me")).json() == (await person.get("/api/v1/users/me")).json()


class TestOperations:
    async def test_health_needs_no_login(self, http: httpx2.AsyncClient) -> None:
        for path in ("/health", "/healthz", "/readyz", "/version"):
            assert (await http.get(path)).status_code == 200, path

    async def test_metrics_are_for_this_machine_unless_there_is_a_token(self, http: httpx2.AsyncClient) -> None:
        assert "streamspace_http_request_duration_seconds" in (await http.get("/metrics")).text

    @pytest.mark.parametrize("path", ["/%00", "/assets/%00", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd"])
    async def test_no_path_leads_out_of_the_ui(self, http: httpx2.AsyncClient, path: str) -> None:
        answer = await http.get(path)
        assert answer.status_code in {200, 404, 503}
        assert "root:" not in answer.text
