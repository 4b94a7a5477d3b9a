"""What sessions leave in their homes is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process.inside import STAYS, eventually, home, ignore, script_spec

pytestmark = pytest.mark.sandbox

MB = 1024**2


async def test_all_homes_or_those_alone_whose_sessions_ended(platform: ProcessPlatform, tmp_path: Path) -> None:
    writes = f"head -c {5 * MB} /dev/urandom > ~/big; touch ~/done; {STAYS}"
    ann = script_spec("ann-term-00000001", writes, user_id="ann")
    bob = script_spec("bob-term-00000001", user_id="bob")
    once = script_spec("cia-term-00000001", user_id="cia", persistent_home=False)
    for spec in (ann, bob, once):
        await platform.start(spec, ignore)
    await eventually((home(tmp_path, ann) / "done").exists)
    sizes, whole = await platform.homes()
    assert whole
    assert [(size.org_id, size.user_id) for size in sizes] == [("org-1", "ann"), ("org-1", "bob")]
    assert 5 * MB <= sizes[0].size_bytes < 6 * MB
    assert await platform.homes(touched=True) == ([], True)
    await platform.hibernate(ann.session_id)
    await platform.stop(once.session_id)
    assert [size.user_id for size in (await platform.homes(touched=True))[0]] == ["ann"]
    assert await platform.homes(touched=True) == ([], True)
    await platform.stop(bob.session_id)
    assert [size.user_id for size in (await platform.homes(touched=True))[0]] == ["bob"]
