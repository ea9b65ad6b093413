"""Where the link to an adult's own page leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.front.views import own_page

app_name = "own"
urlpatterns = [
    path("<str:token>/", own_page.own_page, name="open"),
    path("<str:token>/wishes/", own_page.wishes, name="wishes"),
    path("<str:token>/languages/", own_page.languages, name="languages"),
    path("<str:token>/needs/", own_page.needs, name="needs"),
    path("<str:token>/barriers/", own_page.barriers, name="barriers"),
    path("<str:token>/strengths/", own_page.add_strength, name="add_strength"),
    path("<str:token>/strengths/<uuid:pk>/", own_page.strength, name="strength"),
    path("<str:token>/about-me/", own_page.facets, name="facets"),
    path("<str:token>/ask/", own_page.ask, name="ask"),
]
