"""The school's own sign-on, as the sign-in library wants it said. Read by the settings: no models here."""

from typing import Any


def school_sign_on(*, url: str, name: str, client: str, secret: str, domains: str) -> dict[str, Any]:
    """One OpenID provider, or none where no address is set. Addresses of the domains count as vouched for."""
    app = {
        "provider_id": "school",
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": url,
            "email_authentication": True,
            "verified_email": [domain.strip() for domain in domains.split(",") if domain.strip()],
        },
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app] if url else []}}
