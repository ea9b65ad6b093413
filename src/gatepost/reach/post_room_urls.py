"""The post room: served in the demonstration and in development only (`config/urls.py`)."""

from django.urls import path

from gatepost.reach.views import post_room

app_name = "post_room"
urlpatterns = [
    path("", post_room.letters, name="letters"),
    path("<uuid:pk>/", post_room.letter, name="letter"),
    path("<uuid:pk>/answer/", post_room.answer_text, name="answer_text"),
]
