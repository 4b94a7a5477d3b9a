"""The SCIM resources, as far as they mean something here, and how they come from and go to our rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Filter,
    GroupMembership,
    InvalidValueException,
    Meta,
    Mutability,
    Patch,
    Reference,
    Required,
    Resource,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

from streamspace.server.groups.models import Group
from streamspace.server.scim.models import Provisioned
from streamspace.server.users.models import User

LARGEST_PAGE = 500
MOST_EMAILS = 10
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Name(ComplexAttribute):
    """The parts of a person's name."""

    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    """An address; scim2-models' own refuses domains such as `.local`, which companies do use."""

    value: str | None = None
    type: str | None = None
    primary: bool | None = None


class Person(Resource[Any]):
    """A person (the core schema's User, less what nothing here would use)."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    """What the directory calls the person, often an e-mail address."""
    name: Name | None = None
    """The parts of the person's name."""
    display_name: str | None = None
    """The name that others see."""
    active: bool | None = None
    """Whether the person may sign in; false ends their sessions and logins at once."""
    emails: list[Email] | None = None
    """Addresses; the primary one, or else the first, is used."""
    groups: Annotated[list[GroupMembership] | None, Mutability.read_only] = None
    """The groups the person is in."""


class Member(ComplexAttribute):
    """Somebody in a group."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    ref: Annotated[Reference[User] | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])


class Team(Resource[Any]):
    """A group of people (the core schema's Group)."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    """The group's name."""
    members: list[Member] | None = None
    """The people in it."""


# Directories send more than they were told to, remove members by value (Entra), and set an address by its type
# before there is one.
POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)


def provider(base: str) -> ScimProvider:
    """Describe this service, which answers below an address."""
    described = ScimProvider(
        models=[Person, Team],
        policy=POLICY,
        config=ServiceProviderConfig(
            documentation_uri=None,
            patch=Patch(supported=True),
            bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
            filter=Filter(supported=True, max_results=LARGEST_PAGE),
            change_password=ChangePassword(supported=False),
            sort=Sort(supported=True),
            etag=ETag(supported=False),
            authentication_schemes=[
                AuthenticationScheme(
                    type=AuthenticationScheme.Type.oauthbearertoken,
                    name="API key",
                    description="An API key with the scope `scim`, as a bearer token.",
                    primary=True,
                )
            ],
            meta=Meta(resource_type="ServiceProviderConfig", location=f"{base}/ServiceProviderConfig"),
        ),
    )
    for kind in described.resource_types:
        kind.meta = Meta(resource_type="ResourceType", location=f"{base}/ResourceTypes/{kind.name}")
    for schema in described.schemas:
        schema.meta = Meta(resource_type="Schema", location=f"{base}/Schemas/{schema.id}")
    return described


class ScimError(BaseModel):
    """How SCIM says that something went wrong."""

    schemas: list[str]
    status: str
    scimType: str | None = None  # noqa: N815 - SCIM's name
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a directory says of a person, checked."""

    user_name: str
    external_id: str | None
    formatted: str | None
    given_name: str | None
    family_name: str | None
    display_name: str | None
    emails: tuple[Mapping[str, Any], ...]
    active: bool | None

    @property
    def email(self) -> str | None:
        """The address that is used."""
        index = main_email(self.emails)
        return None if index is None else str(self.emails[index]["value"])

    @property
    def full_name(self) -> str:
        """The name that others see."""
        parts = " ".join(part for part in (self.given_name, self.family_name) if part)
        return (self.display_name or self.formatted or parts or self.user_name)[:200]

    def columns(self) -> dict[str, Any]:
        """Return what the row keeps of it."""
        names = ("user_name", "external_id", "formatted", "given_name", "family_name", "display_name")
        kept: dict[str, Any] = {name: getattr(self, name) for name in names}
        return kept | {"user_name_key": self.user_name.lower(), "emails": [dict(email) for email in self.emails]}


def main_email(emails: Sequence[Mapping[str, Any]]) -> int | None:
    """Say which of a person's addresses is used."""
    with_value = [index for index, email in enumerate(emails) if email.get("value")]
    return next((index for index in with_value if emails[index].get("primary")), next(iter(with_value), None))


def profile_of(person: Person) -> Profile:
    """Check what a directory says of a person.

    Raises:
        InvalidValueException: it cannot be kept.
    """
    name = person.name or Name()
    emails = person.emails or []
    if len(emails) > MOST_EMAILS:
        raise InvalidValueException(detail=f"A person has at most {MOST_EMAILS} e-mail addresses.")
    user_name = _text("userName", person.user_name, 255)
    if not user_name:
        raise InvalidValueException(detail="A person has a userName.")
    return Profile(
        user_name=user_name,
        external_id=_text("externalId", person.external_id, 255),
        formatted=_text("name.formatted", name.formatted, 200),
        given_name=_text("name.givenName", name.given_name, 200),
        family_name=_text("name.familyName", name.family_name, 200),
        display_name=_text("displayName", person.display_name, 200),
        emails=tuple(_email(email) for email in emails),
        active=person.active,
    )


def _email(email: Email) -> dict[str, Any]:
    value = _text("emails.value", email.value, 254)
    if value is not None and not EMAIL.fullmatch(value):
        raise InvalidValueException(detail=f"{value!r} is not an e-mail address.")
    kept = {"value": value, "type": _text("emails.type", email.type, 40), "primary": email.primary}
    return {key: given for key, given in kept.items() if given is not None}


def team_name(team: Team) -> str:
    """Return a group's name.

    Raises:
        InvalidValueException: it cannot be kept.
    """
    name = (_text("displayName", team.display_name, 100) or "").strip()
    if not name:
        raise InvalidValueException(detail="A group has a displayName.")
    return name


def external_id_of(resource: Resource[Any]) -> str | None:
    """Return what the directory calls something.

    Raises:
        InvalidValueException: it cannot be kept.
    """
    return _text("externalId", resource.external_id, 255)


def member_ids(team: Team) -> list[str]:
    """Return who is to be in a group, each once."""
    ids = [member.value for member in team.members or [] if member.value]
    return list(dict.fromkeys(ids))


def _text(name: str, value: str | None, longest: int) -> str | None:
    if value is None:
        return None
    if len(value) > longest:
        raise InvalidValueException(detail=f"{name} has at most {longest} characters.")
    if _UNWRITABLE.search(value):
        raise InvalidValueException(detail=f"{name} holds a character that cannot be kept.")
    return value


def person_out(
    user: User, row: Provisioned | None, user_name: str, groups: Iterable[tuple[str, str]], base: str
) -> Person:
    """Show a person: as the directory wrote them, or as they are here where it has written nothing yet."""
    if row is None:
        name = Name(formatted=user.full_name)
        display_name = user.full_name
        emails: list[dict[str, Any]] = [{"value": user.email, "type": "work", "primary": True}]
    else:
        name = Name(formatted=row.formatted, given_name=row.given_name, family_name=row.family_name)
        display_name = row.display_name or ""
        emails = [dict(email) for email in row.emails]
        if (index := main_email(emails)) is not None:
            emails[index]["value"] = user.email
    named = any((name.formatted, name.given_name, name.family_name))
    return Person(
        id=user.id,
        external_id=row.external_id if row is not None else None,
        user_name=user_name,
        name=name if named else None,
        display_name=display_name or None,
        active=user.active,
        emails=[Email(**email) for email in emails] or None,
        groups=[
            GroupMembership(value=group_id, display=label, ref=f"{base}/Groups/{group_id}", type="direct")
            for group_id, label in groups
        ]
        or None,
        meta=_meta("User", f"{base}/Users/{user.id}", user.created_at, max(user.updated_at, changed_at(row, user))),
    )


def changed_at(row: Provisioned | None, user: User) -> datetime:
    """Return when the directory last wrote something of a person."""
    return row.updated_at if row is not None else user.updated_at


def team_out(group: Group, members: Iterable[str], base: str) -> Team:
    """Show a group with its members, where they were asked for."""
    return Team(
        id=group.id,
        external_id=group.external_id,
        display_name=group.display_name,
        members=[Member(value=user_id, ref=f"{base}/Users/{user_id}", type="User") for user_id in members] or None,
        meta=_meta("Group", f"{base}/Groups/{group.id}", group.created_at, group.updated_at),
    )


def _meta(kind: str, location: str, created: datetime, changed: datetime) -> Meta:
    return Meta(resource_type=kind, created=created, last_modified=changed, location=location)
