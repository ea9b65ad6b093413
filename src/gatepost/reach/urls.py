"""What staff do by hand."""

from django.urls import path

from gatepost.reach.views import staff

app_name = "reach"
urlpatterns = [
    path("stop/", staff.stop_all, name="stop_all"),
    path("talks/", staff.talks, name="talks"),
    path("adults/<uuid:pk>/talk/", staff.note_talk, name="note_talk"),
    path("adults/<uuid:pk>/proofs/", staff.proofs_of, name="proofs"),
]
