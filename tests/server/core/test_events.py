from datetime import UTC, datetime

from streamspace.server.core.events import Bus, Published


def event(name: str) -> Published:
    return Published(name, None, datetime.now(UTC), {})


class TestSubscribe:
    async def test_hears_the_names_it_asked_for(self) -> None:
        bus, heard = Bus(), []

        async def handler(event: Published) -> None:
            heard.append(event.name)

        bus.subscribe(handler, "session.", "agent.changed")
        for name in ("session.created", "agent.changed", "agent.other", "login.ended"):
            await bus.publish(event(name))
        assert heard == ["session.created", "agent.changed"]

    async def test_a_handler_that_fails_does_not_stop_the_next(self) -> None:
        bus, heard = Bus(), []

        async def broken(_: Published) -> None:
            raise RuntimeError

        async def handler(event: Published) -> None:
            heard.append(event.name)

        bus.subscribe(broken, "")
        bus.subscribe(handler, "")
        await bus.publish(event("a"))
        assert heard == ["a"]


class TestListen:
    async def test_yields_what_happens_from_then_on(self) -> None:
        bus = Bus()
        await bus.publish(event("before"))
        with bus.listen() as happened:
            await bus.publish(event("after"))
            assert (await anext(happened)).name == "after"

    async def test_ends_for_a_listener_that_falls_too_far_behind(self) -> None:
        bus = Bus()
        with bus.listen() as slow, bus.listen() as quick:
            for n in range(Bus.BACKLOG + 1):
                await bus.publish(event(str(n)))
                assert (await anext(quick)).name == str(n)
            assert [e async for e in slow] == []
