from __future__ import annotations

from fastapi import APIRouter, Response

from streamspace.server.core.http import ActorAlone, CurrentActor, CurrentContext, Uow, needs
from streamspace.server.core.permissions import Action
from streamspace.server.core.settings import Settings
from streamspace.server.organizations.errors import BeyondYourRights, NoSuchOrganization
from streamspace.server.sso import addresses, service, testing
from streamspace.server.sso.arrivals import Desk
from streamspace.server.sso.errors import (
    BadProvider,
    ManagedByPlatform,
    NoSuchProvider,
    OpenToEverybody,
    ProviderExists,
    SamlUnavailable,
    SsoUnreachable,
)
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.sso.presets import PRESETS
from streamspace.server.sso.schemas import (
    PresetList,
    PresetOut,
    ProviderIn,
    ProviderList,
    ProviderOut,
    ProviderPatch,
    ProviderTestOut,
)

router = APIRouter(prefix="/identity-providers", tags=["single sign-on"])


def _shown(provider: IdentityProvider, people: int, settings: Settings) -> ProviderOut:
    told = addresses.oidc_addresses if provider.kind == "oidc" else addresses.saml_addresses
    return ProviderOut.model_validate(
        {
            **{name: getattr(provider, name) for name in ProviderOut.model_fields if hasattr(provider, name)},
            "config": provider.config,
            "has_secret": provider.secret is not None,
            "login_url": addresses.login_path(provider.kind, provider.name),
            "addresses": told(settings, provider.name),
            "people": people,
        }
    )


@router.get("/presets", **needs(Action.PROVIDER_MANAGE))
async def list_provider_presets(actor: CurrentActor) -> PresetList:
    """List common identity providers and what is known of them."""
    del actor
    found = [
        PresetOut(
            name=name,
            display_name=preset.display_name,
            kinds=list(preset.kinds),
            issuer=preset.issuer,
            metadata_url=preset.metadata_url,
            scopes=list(preset.scopes),
            groups_claim=preset.groups_claim,
            hint=preset.hint,
            public=preset.public,
        )
        for name, preset in PRESETS.items()
    ]
    return PresetList(presets=found)


@router.get("", **needs(Action.PROVIDER_MANAGE))
async def list_identity_providers(actor: CurrentActor, context: CurrentContext, uow: Uow) -> ProviderList:
    """List the identity providers you may see."""
    rows, people = await service.list_providers(uow, actor)
    found = [_shown(row, people.get(row.id, 0), context.settings) for row in rows]
    return ProviderList(providers=found, total=len(found))


@router.post(
    "",
    status_code=201,
    **needs(
        Action.PROVIDER_MANAGE,
        *(BadProvider, OpenToEverybody, ProviderExists, NoSuchOrganization, BeyondYourRights),
        *(SamlUnavailable, SsoUnreachable),
    ),
)
async def create_identity_provider(
    body: ProviderIn, actor: ActorAlone, context: CurrentContext, response: Response
) -> ProviderOut:
    """Add an identity provider. SAML metadata is fetched at once; an OpenID provider is asked by its test."""
    provider = await service.create(context.database, context.settings, actor, body)
    response.headers["Location"] = f"/api/v1/identity-providers/{provider.id}"
    return _shown(provider, 0, context.settings)


@router.get("/{provider_id}", **needs(Action.PROVIDER_MANAGE, NoSuchProvider))
async def get_identity_provider(
    provider_id: str, actor: CurrentActor, context: CurrentContext, uow: Uow
) -> ProviderOut:
    """Show one identity provider."""
    provider, people = await service.get(uow, actor, provider_id)
    return _shown(provider, people, context.settings)


@router.patch(
    "/{provider_id}",
    **needs(
        Action.PROVIDER_MANAGE,
        *(NoSuchProvider, ManagedByPlatform, BadProvider, OpenToEverybody, BeyondYourRights, SsoUnreachable),
    ),
)
async def update_identity_provider(
    provider_id: str, body: ProviderPatch, actor: ActorAlone, context: CurrentContext
) -> ProviderOut:
    """Change an identity provider. Switched off, or pointed at another issuer, the logins it vouched for end."""
    provider, people = await service.update(context.database, context.settings, actor, provider_id, body)
    return _shown(provider, people, context.settings)


@router.delete("/{provider_id}", status_code=204, **needs(Action.PROVIDER_MANAGE, NoSuchProvider, ManagedByPlatform))
async def delete_identity_provider(provider_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Remove an identity provider; the logins it vouched for end, the people stay."""
    await service.delete(uow, actor, provider_id)


@router.post("/{provider_id}/test", **needs(Action.PROVIDER_MANAGE, NoSuchProvider))
async def test_identity_provider(provider_id: str, actor: ActorAlone, context: CurrentContext) -> ProviderTestOut:
    """Ask an identity provider about itself, and say what is wrong."""
    async with context.database.work(write=False) as uow:
        provider, _ = await service.get(uow, actor, provider_id)
    return await testing.test(context.settings, context.part(Desk), provider, context.clock.now())
