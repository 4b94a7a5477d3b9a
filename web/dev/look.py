"""Photographs every page of the mock server in all widths and both themes, and asks axe about each.

`npm run build && npm run mock`, then `uv run python web/dev/look.py [folder]`.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

BASE = os.environ.get("BASE", "http://localhost:8010")
OUT = Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/look")
ONLY = os.environ.get("ONLY", "")
AXE = (Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js").read_text()
SIZES = {1440: 900, 1024: 768, 390: 844}
PAGES = [
    ("home", "normal", "/"),
    ("home-empty", "empty", "/"),
    ("home-long", "long", "/"),
    ("home-many", "many", "/"),
    ("home-broken", "broken", "/"),
    ("sessions", "normal", "/sessions"),
    ("sessions-empty", "empty", "/sessions"),
    ("sessions-many", "many", "/sessions?all=true"),
    ("starting", "normal", "/sessions/admin-xterm-00000004"),
    ("running", "normal", "/sessions/admin-firefox-00000001"),
    ("failed", "normal", "/sessions/admin-blender-00000003"),
    ("hibernated", "normal", "/sessions/admin-gimp-00000002"),
    ("ended", "normal", "/sessions/admin-libreoffice-00000005"),
    ("missing", "normal", "/sessions/nothing-here"),
    ("notfound", "normal", "/nowhere"),
    ("agents", "long", "/admin/agents"),
    ("agents-empty", "empty", "/admin/agents"),
    ("admin-sessions", "many", "/admin/sessions"),
]


def mock(query: str) -> None:
    urllib.request.urlopen(f"{BASE}/mock?{query}").read()


def axe(page: Page, name: str, problems: list[str]) -> None:
    page.evaluate(AXE)
    result = page.evaluate("async () => (await axe.run(document, {iframes: false})).violations")
    for violation in result:
        for node in violation["nodes"][:2]:
            problems.append(f"{name}: {violation['id']}: {node['html'][:140]} {node['failureSummary'][:180]!r}")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for width, height in SIZES.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    bypass_csp=True,
                )
                page = context.new_page()
                page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
                tag = f"{width}-{scheme}"
                mock("scenario=normal")
                page.goto(f"{BASE}/login")
                page.wait_for_selector("form")
                if not ONLY or "login" in ONLY:
                    page.screenshot(path=OUT / f"login-{tag}.png")
                    axe(page, f"login-{tag}", problems)
                page.fill("input[name=username]", "admin")
                page.fill("input[name=password]", "secret")
                page.click("button[type=submit]")
                page.wait_for_url(f"{BASE}/")
                for name, scenario, path in PAGES:
                    if ONLY and not any(part in name for part in ONLY.split(",")):
                        continue
                    mock(f"scenario={scenario}")
                    page.goto(BASE + path)
                    page.wait_for_timeout(3600 if name.endswith("broken") else 900)
                    page.screenshot(path=OUT / f"{name}-{tag}.png")
                    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                    if wide:
                        problems.append(f"{name}-{tag}: scrolls sideways")
                    axe(page, f"{name}-{tag}", problems)
                context.close()
        browser.close()
    mock("scenario=normal")
    print("\n".join(problems) or "no problems")
    print(json.dumps({"problems": len(problems)}))


main()
