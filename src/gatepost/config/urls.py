"""Every address. Pages of other libraries are wrapped with a rule here, and only those we want are served."""

from __future__ import annotations

from allauth.account import views as signin
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from gatepost.config.health import healthz
from gatepost.design import views as design
from gatepost.org.door import public_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gatepost.front.urls")),
    path("meet/", include("gatepost.meet.urls")),
    path("agree/", include("gatepost.agree.urls")),
    path("measure/", include("gatepost.measure.urls")),
    path("reach/", include("gatepost.reach.urls")),
    path("i/", include("gatepost.meet.family_urls")),
    path("s/", include("gatepost.agree.family_urls")),
    path("sign-in/", public_page(signin.login), name="account_login"),
    path("sign-out/", public_page(signin.logout), name="account_logout"),
    path("sign-up/", public_page(signin.signup), name="account_signup"),
    path("password/reset/", public_page(signin.password_reset), name="account_reset_password"),
    path("password/reset/done/", public_page(signin.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public_page(signin.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public_page(signin.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("healthz", healthz, name="healthz"),
]

if settings.GATEPOST_DEMO or settings.DEBUG:
    urlpatterns += [
        path("gallery", public_page(design.gallery), name="gallery"),
        path("post-room/", include("gatepost.reach.post_room_urls")),
    ]
if settings.GATEPOST_DEMO:
    urlpatterns.append(path("demo/", include("gatepost.front.demo_urls")))

handler400 = "gatepost.design.views.bad_request"
handler403 = "gatepost.design.views.forbidden"
handler404 = "gatepost.design.views.not_found"
handler500 = "gatepost.design.views.server_error"
