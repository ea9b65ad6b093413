"""Every address. Pages of other libraries are wrapped with a rule here, and only those we want are served."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from gatepost.config.health import healthz
from gatepost.config.wellknown import security_txt
from gatepost.design import views as design
from gatepost.org.door import public_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gatepost.front.urls")),
    path("meet/", include("gatepost.meet.urls")),
    path("agree/", include("gatepost.agree.urls")),
    path("support/", include("gatepost.support.urls")),
    path("home-learning/", include("gatepost.support.home_urls")),
    path("extra-help/", include("gatepost.support.extra_urls")),
    path("measure/", include("gatepost.measure.urls")),
    path("staff/", include("gatepost.org.urls")),
    path("advice/", include("gatepost.support.advice_urls")),
    path("reach/", include("gatepost.reach.urls")),
    path("gateway/", include("gatepost.reach.gateway_urls")),
    path("u/", include("gatepost.reach.family_urls")),
    path("i/", include("gatepost.meet.family_urls")),
    path("s/", include("gatepost.agree.family_urls")),
    path("g/", include("gatepost.support.family_urls")),
    path("l/", include("gatepost.support.home_family_urls")),
    path("t/", include("gatepost.reach.thread_urls")),
    path("f/", include("gatepost.support.extra_family_urls")),
    path("d/", include("gatepost.reach.document_urls")),
    path("r/", include("gatepost.reach.treated_urls")),
    path("m/", include("gatepost.reach.together_urls")),
    path("h/", include("gatepost.front.family_urls")),
    path("a/", include("gatepost.support.advice_family_urls")),
    path("k/", include("gatepost.meet.kiosk_urls")),
    path("c/", include("gatepost.meet.feed_urls")),
    path("w/", include("gatepost.meet.another_family_urls")),
    path("b/", include("gatepost.meet.companion_family_urls")),
    path("guide/", include("gatepost.front.guide_urls")),
    path("", include("gatepost.config.signin.urls")),
    path(".well-known/security.txt", security_txt, name="security_txt"),
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
