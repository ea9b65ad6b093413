"""Where the link in a round leads: what can wait for one adult. Short, since it stands in text messages."""

from django.urls import path

from gatepost.reach.views import together

app_name = "together"
urlpatterns = [
    path("<str:token>/", together.together, name="open"),
    path("<str:token>/<uuid:pk>/", together.read, name="read"),
]
