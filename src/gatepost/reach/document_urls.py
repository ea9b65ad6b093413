"""Where the link to a long text leads."""

from django.urls import path

from gatepost.reach.views import documents

app_name = "document"
urlpatterns = [path("<str:token>/", documents.family, name="open")]
