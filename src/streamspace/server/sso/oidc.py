"""OpenID Connect, as the relying party: discovery, code flow with PKCE, ID tokens, refresh, logout."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError

from streamspace.server.sso import github
from streamspace.server.sso.admission import External
from streamspace.server.sso.clients import LONGEST_TOKEN, OK, Client, Vouched, an_object, ask, with_query
from streamspace.server.sso.directory import Directory
from streamspace.server.sso.errors import BadLogoutToken, SsoDenied, SsoRefused, SsoUnreachable
from streamspace.server.sso.presets import PRESETS

LEEWAY = timedelta(seconds=60)
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST_LOGOUT = timedelta(minutes=10)
# Only signatures that need the provider's private key: no `none`, and no HMAC that a client could make.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
_MOST_GROUPS = 2000
_LONGEST_SUBJECT = 500
_BROKEN, _TOO_MANY = 500, 429


async def begin(
    directory: Directory, client: Client, *, redirect_uri: str, state: str, nonce: str, verifier: str
) -> str:
    """Return where a browser goes to sign in."""
    asked = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(client.scopes),
        "state": state,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    if client.preset == "github":
        return with_query(f"{client.issuer}/login/oauth/authorize", asked)
    metadata = await directory.metadata(client)
    asked["nonce"] = nonce
    style = PRESETS[client.preset].refresh
    if style == "scope" and "offline_access" in metadata.get("scopes_supported", ()):
        asked["scope"] = " ".join(dict.fromkeys([*client.scopes, "offline_access"]))
        asked["prompt"] = "consent"
    elif style == "parameter":
        asked |= {"access_type": "offline"}
    return with_query(metadata["authorization_endpoint"], asked)


async def check_issuer(directory: Directory, client: Client, given: str | None) -> None:
    """Refuse an answer that another provider gave (RFC 9207).

    Raises:
        SsoRefused: it is another's, or it does not say although this provider always does.
    """
    if client.preset == "github":
        return
    says = (await directory.metadata(client)).get("authorization_response_iss_parameter_supported") is True
    if (says or given is not None) and given != client.issuer:
        raise SsoRefused("The answer comes from another issuer.")


async def finish(
    directory: Directory, client: Client, *, code: str, redirect_uri: str, verifier: str, nonce: str, now: datetime
) -> Vouched:
    """Exchange a code, verify the ID token, and return whom it is about.

    Raises:
        SsoRefused: something about the answer is wrong; the message says what, for the log.
        SsoUnreachable: the provider does not answer.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    if client.preset == "github":
        return Vouched(person=await github.person(client, form))
    answer = await _token(directory, client, form)
    claims = await _verified(directory, client, answer, nonce=nonce, now=now)
    return await _vouched(directory, client, answer, claims)


async def ask_again(
    directory: Directory, client: Client, *, refresh_token: str, subject: str, now: datetime
) -> Vouched:
    """Ask whether a person may still come in, and who they are now.

    Raises:
        SsoDenied: they may not.
        SsoUnreachable: nobody answered, which says nothing about them.
    """
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    answer = await _token(directory, client, form)
    if isinstance(answer.get("id_token"), str):
        claims = await _verified(directory, client, answer, nonce=None, now=now)
    else:
        claims = {"sub": subject, "iss": client.issuer}
    if claims["sub"] != subject:
        raise SsoDenied("The refreshed ID token is about somebody else.")
    return await _vouched(
        directory, client, {**answer, "refresh_token": answer.get("refresh_token", refresh_token)}, claims
    )


async def _token(directory: Directory, client: Client, form: dict[str, str]) -> dict[str, Any]:
    metadata = await directory.metadata(client)
    form, headers = client_proof(client, metadata.get("token_endpoint_auth_methods_supported"), form)
    answer = await ask(client, metadata["token_endpoint"], form=form, headers=headers, any_status=True)
    if answer.status >= _BROKEN or answer.status == _TOO_MANY:
        raise SsoUnreachable(f"The token endpoint answers {answer.status}.")
    found = an_object(answer, "token answer")
    if answer.status != OK or not isinstance(found.get("access_token"), str):
        # Another error is about us and not about the person: their login must not end for an old client secret.
        kind = SsoDenied if found.get("error") in {"invalid_grant", "access_denied"} else SsoUnreachable
        raise kind(f"The token endpoint refuses: {str(found.get('error'))[:100]!r}.")
    return found


def client_proof(client: Client, methods: Any, form: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the form and headers with which we show who we are, the way the provider wants it."""
    if client.client_secret is None:
        return {**form, "client_id": client.client_id}, {}
    if isinstance(methods, list) and "client_secret_basic" not in methods and "client_secret_post" in methods:
        return {**form, "client_id": client.client_id, "client_secret": client.client_secret}, {}
    pair = f"{quote(client.client_id, safe='')}:{quote(client.client_secret, safe='')}"
    return form, {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


async def _verified(
    directory: Directory, client: Client, answer: Mapping[str, Any], *, nonce: str | None, now: datetime
) -> dict[str, Any]:
    token = answer.get("id_token")
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise SsoRefused("There is no ID token.")
    header, claims = await _signed(directory, client, token)
    checked = CodeIDToken(
        claims,
        header,
        options={
            "iss": {"essential": True, "value": client.issuer},
            "aud": {"essential": True, "value": client.client_id},
        },
        params={"client_id": client.client_id, "nonce": nonce, "access_token": answer.get("access_token")},
    )
    try:
        checked.validate(now=int(now.timestamp()), leeway=int(LEEWAY.total_seconds()))
    except (JoseError, TypeError, ValueError, AttributeError) as error:
        raise SsoRefused(f"The ID token is not good: {error}") from None
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
        raise SsoRefused("The ID token has no subject.")
    return claims


async def _signed(directory: Directory, client: Client, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Verify a token's signature with the provider's keys."""
    try:
        header = dict(jws.extract_compact(token.encode()).headers())
    except (JoseError, ValueError, UnicodeError):
        raise SsoRefused("The token cannot be read.") from None
    if header.get("alg") not in ALGORITHMS:
        raise SsoRefused(f"The token is signed with {str(header.get('alg'))[:20]!r}.")
    kid = header.get("kid")
    keys = await directory.keys(client, kid)
    found = [key for key in keys.keys if key.kid == kid] if kid is not None else list(keys.keys)
    for key in found[:10]:
        try:
            token_found = jwt.decode(token, key, algorithms=ALGORITHMS)
        except (JoseError, ValueError, TypeError):
            continue
        if isinstance(token_found.claims, dict):
            return header, token_found.claims
    raise SsoRefused("No key of the provider made the token's signature.")


async def _vouched(directory: Directory, client: Client, answer: Mapping[str, Any], claims: dict[str, Any]) -> Vouched:
    endpoint = (await directory.metadata(client)).get("userinfo_endpoint")
    if isinstance(endpoint, str):
        headers = {"Authorization": f"Bearer {answer['access_token']}"}
        info = an_object(await ask(client, endpoint, headers=headers), "user info")
        if info.get("sub") != claims["sub"]:
            raise SsoRefused("The user info is about somebody else.")
        # What is signed wins over what is not.
        claims = {**info, **claims}
    refresh, session = answer.get("refresh_token"), claims.get("sid")
    return Vouched(
        person=person_of(client, claims),
        session=session[:255] if isinstance(session, str) else None,
        refresh_token=refresh if isinstance(refresh, str) and len(refresh) <= LONGEST_TOKEN else None,
    )


def person_of(client: Client, claims: Mapping[str, Any]) -> External:
    """Turn claims into a person."""
    email = _text(claims, "email", 254)
    name = _text(claims, "name", 200) or f"{_text(claims, 'given_name', 100)} {_text(claims, 'family_name', 100)}"
    hosted = PRESETS[client.preset].hosted_domain
    return External(
        subject=claims["sub"],
        email=email,
        email_verified=bool(email) and (claims.get("email_verified") is True or client.trust_email),
        domain=_text(claims, "hd", 253) if hosted else email.rpartition("@")[2],
        username=_text(claims, client.username_claim or "preferred_username", 254),
        full_name=name.strip(),
        groups=frozenset(_groups(claims, client.groups_claim)),
    )


def _groups(claims: Mapping[str, Any], path: str) -> list[str]:
    """Read a claim by name, or by a path such as `realm_access.roles`."""
    found: Any = claims.get(path)
    if found is None and "." in path:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        found = [found]
    return [group for group in found[:_MOST_GROUPS] if isinstance(group, str)] if isinstance(found, list) else []


def _text(claims: Mapping[str, Any], name: str, longest: int) -> str:
    value = claims.get(name)
    return value.strip()[:longest] if isinstance(value, str) and value.isprintable() else ""


async def read_logout_token(directory: Directory, client: Client, token: str, now: datetime) -> dict[str, Any]:
    """Verify a back-channel logout token and return its claims: `jti`, and `sub` or `sid` or both.

    Raises:
        BadLogoutToken: it is none.
    """
    if len(token) > LONGEST_TOKEN:
        raise BadLogoutToken
    try:
        header, claims = await _signed(directory, client, token)
    except SsoRefused:
        raise BadLogoutToken from None
    audience, issued, events = claims.get("aud"), claims.get("iat"), claims.get("events")
    fits = (
        header.get("typ", "logout+jwt").lower() in {"logout+jwt", "jwt"}
        and claims.get("iss") == client.issuer
        and client.client_id in (audience if isinstance(audience, list) else [audience])
        and isinstance(issued, int | float)
        and abs(now.timestamp() - issued) <= OLDEST_LOGOUT.total_seconds()
        and now.timestamp() - LEEWAY.total_seconds() < _number(claims.get("exp"), now.timestamp())
        and isinstance(events, dict)
        and isinstance(events.get(LOGOUT_EVENT), dict)
        and "nonce" not in claims
        and isinstance(claims.get("jti"), str)
        and all(isinstance(claims.get(name, ""), str) for name in ("sub", "sid"))
        and bool(claims.get("sub") or claims.get("sid"))
    )
    if not fits:
        raise BadLogoutToken
    return claims


def _number(value: Any, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise


async def logout_url(directory: Directory, client: Client, *, back_to: str) -> str | None:
    """Return where a browser goes to sign out at the provider too, if it has such a place."""
    if client.preset == "github":
        return None
    endpoint = (await directory.metadata(client)).get("end_session_endpoint")
    if not isinstance(endpoint, str) or urlsplit(endpoint).scheme not in {"https", "http"}:
        return None
    return with_query(endpoint, {"client_id": client.client_id, "post_logout_redirect_uri": back_to})
