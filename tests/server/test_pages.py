"""The API's own pages load nothing from elsewhere."""

from __future__ import annotations

import re

import httpx2


async def test_the_interactive_description_is_served_from_here(http: httpx2.AsyncClient) -> None:
    page = await http.get("/api/docs")
    assert page.status_code == 200
    wanted = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert wanted
    assert all(path.startswith("/") and not path.startswith("//") for path in wanted)
    for path in wanted:
        if path.startswith("/api/"):
            assert (await http.get(path)).status_code == 200


async def test_no_page_may_run_a_script_of_its_own_text(http: httpx2.AsyncClient) -> None:
    for path in ("/", "/api/docs", "/sessions/x"):
        policy = (await http.get(path)).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
