"""Where the link in a message leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.reach.views import thread_family as family

app_name = "thread"
urlpatterns = [
    path("<str:token>/", family.thread, name="open"),
    path("<str:token>/hear/<uuid:recording>/", family.hear, name="hear"),
]
