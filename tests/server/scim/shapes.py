"""What directories send: the requests that Entra ID and Okta document, and shorter ones."""

from typing import Any

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def person(user_name: str, **more: Any) -> dict[str, Any]:
    return {"schemas": [CORE], "userName": user_name, **more}


def team(name: str, *members: str, **more: Any) -> dict[str, Any]:
    return {"schemas": [GROUP], "displayName": name, "members": [{"value": one} for one in members], **more}


def patch(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"schemas": [PATCH], "Operations": list(operations)}


def entra_person(user_name: str = "alice@contoso.com") -> dict[str, Any]:
    return {
        "schemas": [CORE, ENTERPRISE],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": user_name,
        "active": True,
        "emails": [{"primary": True, "type": "work", "value": user_name}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Alice Adams", "familyName": "Adams", "givenName": "Alice"},
        "displayName": "Alice Adams",
        "title": "Engineer",
        "preferredLanguage": "en-GB",
        "roles": [{"primary": False, "type": "WindowsAzureActiveDirectoryRole", "value": "admin"}],
        ENTERPRISE: {"department": "IT", "manager": "eve"},
    }


def okta_person(user_name: str = "bob@okta.example") -> dict[str, Any]:
    return {
        "schemas": [CORE],
        "userName": user_name,
        "name": {"givenName": "Bob", "familyName": "Brown"},
        "emails": [{"primary": True, "value": user_name, "type": "work"}],
        "displayName": "Bob Brown",
        "locale": "en-US",
        "externalId": "00ujl29u0le5T6Aj10h7",
        "groups": [],
        "password": "1mz050nq",
        "active": True,
    }
