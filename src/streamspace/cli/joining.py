"""`streamspace agents join-token|join-tokens|revoke-join-token`: how new agents are let in."""

from typing import Annotated

from cyclopts import Parameter

from streamspace.cli.output import ago, print_json, print_table, say
from streamspace.cli.remote import DEFAULT, Remote


async def join_token(
    *,
    platform: str | None = None,
    uses: int = 1,
    expires_in: str = "1h",
    approve: Annotated[bool, Parameter(negative="")] = False,
    org: str | None = None,
    region: str | None = None,
    remote: Remote = DEFAULT,
) -> None:
    """Make a token that new agents register with. It is shown only this once.

    Args:
        platform: Only agents of this platform may use it.
        uses: How many agents may register with it.
        expires_in: How long it works, such as 30m or 24h.
        approve: Agents that use it need no further approval.
        org: Id of the only organisation that such agents run sessions for.
        region: Where such agents are, unless they name a region themselves.
    """
    async with remote.api() as api:
        made = await api.agents.create_join_token(
            platform=platform, uses=uses, expires_in=expires_in, approve=approve, org_id=org, region=region
        )
    if remote.as_json:
        print_json(made)
        return
    print(made.token)
    say(f"It works until {made.expires_at.astimezone():%Y-%m-%d %H:%M}. On the new host, run:")
    say(f"  STREAMSPACE_AGENT_JOIN_TOKEN={made.token} streamspace agent --server {remote.address()}")
    if not approve:
        say("Then let it in with `streamspace agents approve`.")


async def join_tokens(*, remote: Remote = DEFAULT) -> None:
    """List the join tokens, the newest first, without their text."""
    async with remote.api() as api:
        found = await api.agents.join_tokens()
    if remote.as_json:
        print_json(found)
        return
    print_table(
        ["id", "state", "left", "platform", "region", "organisation", "approves", "made", "expires"],
        (
            (
                one.id,
                one.state.replace("_", " "),
                f"{one.uses_left} of {one.uses}",
                one.platform or "any",
                one.region,
                one.org_id or "all",
                "yes" if one.approve else "no",
                ago(one.created_at),
                one.expires_at,
            )
            for one in found.join_tokens
        ),
        empty="There is none. Make one with `streamspace agents join-token`.",
    )


async def revoke_join_token(token_id: str, *, remote: Remote = DEFAULT) -> None:
    """Let nobody register with a token any more. Agents that did stay.

    Args:
        token_id: As shown by `agents join-tokens`.
    """
    async with remote.api() as api:
        await api.agents.revoke_join_token(token_id)
    if not remote.as_json:
        say("Nobody can register with it any more.")
