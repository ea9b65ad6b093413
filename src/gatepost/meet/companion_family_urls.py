"""Where the link leads that an adult hands to whoever comes along."""

from django.urls import path

from gatepost.meet.views import companion

app_name = "companion"
urlpatterns = [path("<str:token>/", companion.companion, name="open")]
