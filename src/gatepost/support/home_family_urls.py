"""Where the link in a note for home leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.support.views import home_family

app_name = "learning"
urlpatterns = [
    path("<str:token>/", home_family.note, name="open"),
    path("<str:token>/hear/<uuid:recording>/", home_family.hear, name="hear"),
]
