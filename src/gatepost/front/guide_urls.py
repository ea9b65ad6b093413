"""The guide that everybody may read. `?at=` a school, `?in=` a language; without them the nearest that is true."""

from django.urls import path

from gatepost.front.views import guide

app_name = "guide"
urlpatterns = [
    path("", guide.home, name="home"),
    path("words/", guide.words, name="words"),
    path("rights/<slug:slug>/", guide.leaflet, name="leaflet"),
    path("rights/<slug:slug>/on-paper/", guide.leaflet_sheet, name="leaflet_sheet"),
    path("<slug:slug>/", guide.guidance, name="guidance"),
    path("<slug:slug>/on-paper/", guide.guidance_sheet, name="guidance_sheet"),
]
