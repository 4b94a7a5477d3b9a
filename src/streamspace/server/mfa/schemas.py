from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.server.mfa.models import MfaMethod

Password = Annotated[str | None, Field(max_length=1024)]
"""The person's password, given again; none for people who sign in elsewhere."""
Name = Annotated[str, Field(max_length=100)]


class MfaMethodOut(Wire):
    """A second factor."""

    id: str
    type: Literal["totp", "webauthn"]
    name: str
    created_at: datetime
    last_used_at: datetime | None = None


class MfaMethodList(Wire):
    """A person's second factors, and whether passkeys work here; if not, `reason` says why."""

    methods: list[MfaMethodOut]
    backup_codes_left: int
    required: bool
    can_use_passkeys: bool
    reason: str | None = None


class MfaSetupIn(Wire):
    """Which second factor to set up. The password is needed when the sign-in is older than 15 minutes."""

    type: Literal["totp", "sms", "email"]
    name: Name = ""
    password: Password = None


class MfaSetupOut(Wire):
    """What an authenticator app is told: by QR code of `uri`, or by typing `secret`."""

    id: str
    secret: str
    uri: str
    issuer: str


class CodeIn(Wire):
    """A code of the authenticator app."""

    code: str = Field(min_length=1, max_length=64)


class MfaMethodPatch(Wire):
    """What a second factor is called from now on."""

    name: str = Field(min_length=1, max_length=100, pattern=r"\S")


class ProofIn(Wire):
    """The person's password, given again; none for people who sign in elsewhere."""

    password: Password = None


class BackupCodesOut(Wire):
    """Ten codes that each stand in once for a lost second factor; they are shown this once."""

    backup_codes: list[str] | None = None


class PasskeyOptionsIn(Wire):
    """How the person calls the new passkey. The password is needed when the sign-in is older than 15 minutes."""

    name: Name = ""
    password: Password = None


class PasskeyOptionsOut(Wire):
    """`options` goes to the browser's navigator.credentials, `token` comes back with its answer."""

    token: str
    options: dict[str, Any]


class CredentialResponse(Wire):
    """The authenticator's answer, all in base64url."""

    client_data_json: str = Field(alias="clientDataJSON", max_length=8192)
    attestation_object: str | None = Field(default=None, max_length=65536)
    authenticator_data: str | None = Field(default=None, max_length=8192)
    signature: str | None = Field(default=None, max_length=8192)
    user_handle: str | None = Field(default=None, max_length=128)
    transports: list[Annotated[str, Field(max_length=40)]] = Field(default=[], max_length=16)


class Credential(Wire):
    """What `PublicKeyCredential.toJSON()` gives."""

    id: str = Field(max_length=1400)
    raw_id: str = Field(max_length=1400)
    type: Literal["public-key"]
    response: CredentialResponse

    def plain(self) -> dict[str, Any]:
        """Return it as the browser wrote it."""
        return self.model_dump(by_alias=True, exclude_none=True)


class PasskeyIn(Wire):
    """A passkey that the browser made for the options with this token."""

    token: str = Field(max_length=200)
    name: Name = ""
    credential: Credential


class PasskeyOut(MfaMethodOut):
    """The new passkey; with backup codes, shown this once, if it is the first second factor."""

    backup_codes: list[str] | None = None


def method_out(method: MfaMethod) -> MfaMethodOut:
    """Show a second factor."""
    return MfaMethodOut.model_validate(method, from_attributes=True)


def passkey_out(method: MfaMethod, backup_codes: Sequence[str] | None) -> PasskeyOut:
    """Show a new passkey."""
    shown = method_out(method).model_dump()
    return PasskeyOut(**shown, backup_codes=None if backup_codes is None else list(backup_codes))
