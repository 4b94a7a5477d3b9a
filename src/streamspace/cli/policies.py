"""`streamspace policies …`."""

from dataclasses import dataclass
from typing import Any, Literal

from cyclopts import App, Parameter

from streamspace.cli.failures import USAGE, CommandFailed
from streamspace.cli.lookup import group_named, organization_named, session_named
from streamspace.cli.output import print_fields, print_json, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import Api
from streamspace.client.policies import EffectivePolicy, PolicyOwner
from streamspace.kit import quantities
from streamspace.protocol.policies import Policy

app = App(name="policies", help="Show and set what may cross the borders of sessions.")

SILENT = "none"
Allowed = Literal["yes", "no", "none"]
_SWITCHES = ("upload", "download", "microphone", "printing", "watermark")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True, slots=True)
class Whose:
    """Options that name whose policy it is."""

    group: str | None = None
    """A group's."""

    organization: str | None = None
    """An organisation's."""

    async def need(self, api: Api) -> tuple[PolicyOwner, str, str]:
        """Return kind, id and how to call it."""
        if (self.group is None) is (self.organization is None):
            raise CommandFailed("Say whose: --organization or --group.", USAGE)
        if self.group is not None:
            group = await group_named(api, self.group)
            return "groups", group.id, f"Group {group.name}"
        organization = await organization_named(api, self.organization or "")
        return "organizations", organization.id, f"Organisation {organization.name}"


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """Options that say what may cross; none leaves a thing to others again."""

    clipboard: Literal["both", "in", "out", "off", "none"] | None = None
    """In which directions the clipboard may cross: in is into the session."""

    upload: Allowed | None = None
    """Whether files may be brought in."""

    download: Allowed | None = None
    """Whether files may be taken out."""

    max_upload: str | None = None
    """The size of the largest file that may be brought in, such as 100Mi; none for no limit of its own."""

    microphone: Allowed | None = None
    """Whether the microphone may be used."""

    printing: Allowed | None = None
    """Whether documents may be printed."""

    watermark: Allowed | None = None
    """Whether the screen shows who looks at it."""

    def given(self) -> dict[str, Any]:
        """Return what to change, by the policy's names."""
        changes: dict[str, Any] = {}
        if self.clipboard is not None:
            changes["clipboard"] = None if self.clipboard == SILENT else self.clipboard
        for name in _SWITCHES:
            if (value := getattr(self, name)) is not None:
                changes[name] = None if value == SILENT else value == "yes"
        if self.max_upload is not None:
            changes["max_upload_bytes"] = _size(self.max_upload)
        return changes


NOBODY = Whose()
NOTHING = Choices()


@app.command
async def get(*, session: str | None = None, whose: Whose = NOBODY, remote: Remote = DEFAULT) -> None:
    """Show what holds for a session, or for the people of an organisation or a group, and who restricts it.

    Args:
        session: A session's id or the beginning of it.
    """
    async with remote.api() as api:
        if session is not None:
            found = await session_named(api, session)
            effective, name = await api.policies.of_session(found.id), f"Session {found.id}"
            whole: object = effective
        else:
            kind, owner_id, name = await whose.need(api)
            stored = await api.policies.get(kind, owner_id)
            effective, whole = stored.effective, stored
    if remote.as_json:
        print_json(whole)
        return
    print_policy(effective, name)


@app.command(name="set")
async def set_policy(*, whose: Whose = NOBODY, choices: Choices = NOTHING, remote: Remote = DEFAULT) -> None:
    """Say what may cross; what is not named stays as it is. Open screens follow within seconds."""
    changes = choices.given()
    if not changes:
        raise CommandFailed("Say what to set: --clipboard, --upload, --download, --max-upload, …", USAGE)
    async with remote.api() as api:
        kind, owner_id, name = await whose.need(api)
        said = await api.policies.get(kind, owner_id)
        wanted = {field: getattr(said, field) for field in Policy.model_fields} | changes
        done = await api.policies.set(kind, owner_id, Policy.model_validate(wanted))
    if remote.as_json:
        print_json(done)
        return
    print_policy(done.effective, name)
    say("Open screens that this changes close now, and come again by themselves.")


def print_policy(policy: EffectivePolicy, name: str) -> None:
    """Print what holds, and who restricts it."""

    def shown(field: str, text: str) -> str:
        source = policy.sources.get(field)
        return text if source is None else f"{text} ({source.kind} {source.name or source.id})"

    clipboards = {"both": "both ways", "in": "only into the session", "out": "only out of it", "off": "no"}
    largest = quantities.format_bytes(policy.max_upload_bytes or 0)
    print_fields(
        [
            ("Whose", name),
            ("Clipboard", shown("clipboard", clipboards[policy.clipboard or "both"])),
            ("Upload", shown("upload", _yes(policy.upload))),
            ("Largest file", shown("maxUploadBytes", largest)),
            ("Download", shown("download", _yes(policy.download))),
            ("Microphone", shown("microphone", _yes(policy.microphone))),
            ("Printing", shown("printing", _yes(policy.printing))),
            ("Watermark", shown("watermark", _yes(policy.watermark))),
        ]
    )


def _yes(value: bool | None) -> str:  # noqa: FBT001 - what a field holds
    return "yes" if value else "no"


def _size(text: str) -> int | None:
    if text == SILENT:
        return None
    try:
        return quantities.size_bytes(text)
    except quantities.BadQuantity as error:
        raise CommandFailed(str(error), USAGE) from None
