"""Where the link in a summary leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.agree.views import family

app_name = "summary"
urlpatterns = [path("<str:token>/", family.open_summary, name="open")]
