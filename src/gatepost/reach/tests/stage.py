"""The addresses as the demonstration serves them, for tests that switch it on."""

from django.urls import include, path

urlpatterns = [
    path("", include("gatepost.config.urls")),
    path("post-room/", include("gatepost.reach.post_room_urls")),
    path("demo/", include("gatepost.front.demo_urls")),
]

handler404 = "gatepost.design.views.not_found"
