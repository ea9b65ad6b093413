"""What staff do with strengths."""

from django.urls import path

from gatepost.support.views import staff

app_name = "support"
urlpatterns = [
    path("", staff.strengths, name="strengths"),
    path("ask/", staff.ask_everybody, name="ask_everybody"),
    path("strengths/<uuid:pk>/ask/", staff.ask_for_help, name="ask_for_help"),
    path("helps/<uuid:pk>/thank/", staff.thank, name="thank"),
]
