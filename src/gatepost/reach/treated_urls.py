"""Where the question how somebody was treated leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.reach.views import thread_family as family

app_name = "treated"
urlpatterns = [
    path("<str:token>/", family.how_treated, name="open"),
]
