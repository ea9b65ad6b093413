"""What staff do by hand."""

from django.urls import path

from gatepost.reach.views import staff

app_name = "reach"
urlpatterns = [path("adults/<uuid:pk>/talk/", staff.note_talk, name="note_talk")]
