"""Where the page at the door is."""

from django.urls import path

from gatepost.meet.views import kiosk

app_name = "kiosk"
urlpatterns = [path("<str:token>/", kiosk.sign_in, name="open")]
