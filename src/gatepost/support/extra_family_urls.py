"""Where the link in a message about extra help leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.support.views import extra_family

app_name = "forwhat"
urlpatterns = [path("<str:token>/", extra_family.open_extra, name="open")]
