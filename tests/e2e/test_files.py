"""Files in and out of a session, as a person does it in a browser and on the command line."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.conftest import STREAMSPACE, Installation, until
from tests.e2e.test_first_session import screen_is_shown, sign_in, use_toolbar

MB = 1024**2


def home(installation: Installation) -> Path:
    [found] = (installation.folder / "data" / "agent" / "homes").glob("*/*/Documents")
    return found.parent


async def test_a_person_carries_files_in_and_out(installation: Installation, page: Page, tmp_path: Path) -> None:
    await sign_in(page, installation)
    session_id = installation.api.launch()
    installation.api.until_state(session_id, "running")
    await page.goto(f"{installation.url}/sessions/{session_id}")
    await screen_is_shown(page)
    await use_toolbar(page, "Files")
    panel = page.get_by_role("dialog", name="Files")
    await panel.get_by_role("button", name="Open the folder Documents").click()
    await expect(panel.get_by_text("This folder is empty")).to_be_visible()

    data = os.urandom(20 * MB)
    (tmp_path / "holiday photos.bin").write_bytes(data)
    async with page.expect_file_chooser() as choosing:
        await panel.get_by_role("button", name="Upload", exact=True).click()
    await (await choosing.value).set_files(tmp_path / "holiday photos.bin")
    await expect(panel.get_by_text(", arrived")).to_be_visible()
    arrived = home(installation) / "Documents" / "holiday photos.bin"
    assert arrived.read_bytes() == data

    async with page.expect_download() as downloading:
        await panel.get_by_role("button", name="Download holiday photos.bin").click()
    download = await downloading.value
    assert download.suggested_filename == "holiday photos.bin"
    assert hashlib.sha256(Path(await download.path()).read_bytes()).digest() == hashlib.sha256(data).digest()

    await panel.get_by_role("button", name="Actions for holiday photos.bin").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog", name="Delete holiday photos.bin?").get_by_role("button", name="Delete").click()
    await expect(panel.get_by_text("This folder is empty")).to_be_visible()
    assert not arrived.exists()

    async with page.expect_download() as downloading:
        await panel.get_by_role("navigation").get_by_role("button", name="Home").click()
        await panel.get_by_role("button", name="Actions for Documents").click()
        await page.get_by_role("menuitem", name="Download as zip").click()
    assert (await downloading.value).suggested_filename == "Documents.zip"

    def told() -> list[str]:
        entries = installation.api.get("/admin/audit", params={"action": "session.file_*"}).json()["logs"]
        return sorted(entry["action"] for entry in entries)

    until(lambda: {"session.file_deleted", "session.file_downloaded", "session.file_uploaded"} <= set(told()))

    said = {"download": False}
    org_id = installation.api.session(session_id)["orgId"]
    assert installation.api.put(f"/organizations/{org_id}/policy", json=said).status_code == 200
    await page.reload()
    await screen_is_shown(page)
    await use_toolbar(page, "Files")
    await expect(panel.get_by_text("Files may not leave this session")).to_be_visible()


def test_the_command_line_copies_both_ways(installation: Installation, tmp_path: Path) -> None:
    installation.api.sign_in()
    session_id = installation.api.launch()
    installation.api.until_state(session_id, "running")
    key = installation.api.post("/api-keys", json={"name": "files", "scopes": ["sessions:files"]}).json()["key"]

    def run(*words: str) -> str:
        env = {**os.environ, "STREAMSPACE_API_KEY": key, "XDG_CONFIG_HOME": str(tmp_path / "config")}
        command = [str(STREAMSPACE), "sessions", *words, "--server", installation.url]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    data = os.urandom(9 * MB)
    (tmp_path / "a.bin").write_bytes(data)
    run("cp", str(tmp_path / "a.bin"), f"{session_id}:Documents/")
    assert (home(installation) / "Documents" / "a.bin").read_bytes() == data
    assert "a.bin" in run("files", f"{session_id}:Documents")
    run("cp", f"{session_id}:Documents/a.bin", str(tmp_path / "back.bin"))
    assert (tmp_path / "back.bin").read_bytes() == data
