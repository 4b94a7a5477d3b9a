"""What sessions leave in their volumes is measured, by this machine or by the engine."""

from __future__ import annotations

import pytest

from streamspace.platforms.docker import DockerPlatform, homes
from tests.platforms.docker.inside import home, script_spec
from tests.platforms.process.inside import STAYS, eventually, ignore

pytestmark = [pytest.mark.docker, pytest.mark.timeout(400)]

MB = 1024**2


async def test_all_homes_or_those_alone_whose_sessions_ended(
    platform: DockerPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = f"head -c {5 * MB} /dev/urandom > ~/big; touch ~/done; {STAYS}"
    ann = script_spec("ann-term-00000001", writes, user_id="ann")
    once = script_spec("cia-term-00000001", user_id="cia", persistent_home=False)
    await platform.start(ann, ignore)
    await platform.start(once, ignore)
    await eventually(((await home(platform, ann)) / "done").exists)
    sizes, whole = await platform.homes()
    assert whole
    assert [(size.org_id, size.user_id) for size in sizes] == [("org-1", "ann")]
    assert 5 * MB <= sizes[0].size_bytes < 6 * MB
    monkeypatch.setattr(homes.os, "access", lambda *_: False)  # type: ignore[attr-defined]
    (told,), whole = await platform.homes()
    assert whole
    assert 5 * MB <= told.size_bytes < 6 * MB
    await platform.stop(ann.session_id)
    assert [size.user_id for size in (await platform.homes(touched=True))[0]] == ["ann"]
