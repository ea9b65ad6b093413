"""Where the link in the message about an adviser leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.support.views import adviser_family

app_name = "adviser"
urlpatterns = [path("<str:token>/", adviser_family.my_adviser, name="open")]
