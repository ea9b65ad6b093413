"""The demonstration's stage: included by `config/urls.py` in the demonstration only."""

from django.urls import path

from gatepost.front.views import demo

app_name = "demo"
urlpatterns = [
    path("people/", demo.people, name="people"),
    path("people/<uuid:pk>/", demo.become, name="become"),
]
