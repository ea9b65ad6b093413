"""What a mail of ours leads to besides the thing itself."""

from django.urls import path

from gatepost.reach.views import family

app_name = "mail"
urlpatterns = [path("<slug:token>/", family.stop, name="stop")]
