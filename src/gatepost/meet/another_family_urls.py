"""Where an adult says which other way to talk would suit them."""

from django.urls import path

from gatepost.meet.views import another

app_name = "another"
urlpatterns = [path("<str:token>/", another.another_way, name="open")]
