"""Where a colleague's calendar program looks for their meetings."""

from django.urls import path

from gatepost.meet.views import following

app_name = "feed"
urlpatterns = [path("<str:token>/meetings.ics", following.feed, name="open")]
