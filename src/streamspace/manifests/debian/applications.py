"""An application of Debian, as its AppStream metadata describe it, and the template that is made of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from streamspace.manifests.importers import desktop, drafts
from streamspace.manifests.importers.drafts import Account, Conversion, Draft
from streamspace.manifests.text import Unreadable, decode

_FONTS = ["fonts-noto-core", "dbus-daemon"]
_THEMES = {"gtk": ["adwaita-icon-theme", "librsvg2-common"], "kde": ["breeze-icon-theme"]}
"""What an application needs to be readable where nothing that is only recommended gets installed."""
_NETWORKED = frozenset({"Network", "WebBrowser", "Email", "Chat", "InstantMessaging", "FileTransfer", "P2P"})


@dataclass(frozen=True, slots=True)
class Screenshot:
    """Addresses of a picture, whole and small; the small one may be missing."""

    source: str
    thumbnail: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """One application. Texts are English; those of other languages are in `translations`, by language and field."""

    id: str
    package: str
    name: str
    summary: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    desktop_id: str = ""
    binaries: tuple[str, ...] = ()
    icon: str = ""
    """An https address, 128 pixels if there is one."""
    icon_name: str = ""
    """The file's name in Debian's archives of icons."""
    screenshots: tuple[Screenshot, ...] = ()
    homepage: str = ""
    license: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, without what is empty."""
        plain = {key: value for key, value in dataclasses.asdict(self).items() if value}
        return plain | {"category": self.category}

    @property
    def category(self) -> str:
        """Where the catalog shows it."""
        listed = [one for one in self.categories if one == "WebBrowser"] + list(self.categories)
        return drafts.category(listed) or "Other"

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Application:
        """Read what `as_json` wrote."""
        known = {key: item for key, item in value.items() if key != "category"}
        for key in ("categories", "keywords", "binaries"):
            known[key] = tuple(known.get(key, ()))
        known["screenshots"] = tuple(Screenshot(**one) for one in known.get("screenshots", ()))
        return cls(**known)


def convert(application: Application, entry: bytes | None, name: str = "") -> Conversion:
    """Make a template; `entry` is the package's desktop entry, without which the command is a guess."""
    account = Account()
    try:
        draft = _from_entry(application, entry, account) if entry is not None else _guessed(application, account)
    except Unreadable as error:
        return Conversion(not_understood=(str(error.finding),))
    except desktop.BadEntry as error:
        account.missed(str(error))
        return account.conversion()
    if draft is None:
        return account.conversion()
    _describe(draft, application)
    draft.name = name or drafts.slug(application.package)
    return account.conversion(draft)


def _from_entry(application: Application, entry: bytes, account: Account) -> Draft:
    parsed = desktop.parse(decode(entry))
    theme = "kde" if {"KDE", "Qt"} & set(parsed.words("Categories")) else "gtk"
    packages = [application.package, *_FONTS, *_THEMES[theme]]
    return desktop.template(parsed, application.package, account, packages, application.icon)


def _guessed(application: Application, account: Account) -> Draft | None:
    if len(application.binaries) != 1:
        account.missed("its command is in the package's desktop entry, which was not read")
        return None
    account.missed("the command is a guess: the only program that the metadata name")
    draft = Draft(drafts.slug(application.package), application.name)
    draft.spec = {
        "debian": {"packages": [application.package, *_FONTS, *_THEMES["gtk"]], "command": [application.binaries[0]]},
        "capabilities": ["Clipboard"],
    }
    return draft


def _describe(draft: Draft, application: Application) -> None:
    draft.display_name = drafts.line(application.name) or draft.display_name
    network = ["Network"] if _NETWORKED & set(application.categories) else []
    description = drafts.text("\n\n".join(said for said in (application.summary, application.description) if said))
    draft.spec |= {
        "description": description or draft.spec.get("description", ""),
        "category": application.category,
        "icon": application.icon,
        "capabilities": [*network, "Clipboard"],
        "homeUrl": application.homepage if application.homepage.startswith(("https://", "http://")) else "",
    }
    for language, said in application.translations.items():
        for key, name in (("display-name", "name"), ("description", "summary")):
            if value := said.get(name):
                draft.annotations[f"streamspace.dev/{key}.{language}"] = value
    draft.annotations["streamspace.dev/appstream-id"] = application.id
    if application.license:
        draft.annotations["streamspace.dev/license"] = application.license
