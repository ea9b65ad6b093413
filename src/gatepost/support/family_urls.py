"""Where the links in questions about strengths lead. Short, since they stand in text messages."""

from django.urls import path

from gatepost.support.views import family

app_name = "strengths"
urlpatterns = [
    path("help/<str:token>/", family.help_page, name="help"),
    path("<str:token>/", family.tell, name="tell"),
]
