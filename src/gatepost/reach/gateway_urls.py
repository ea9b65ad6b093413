"""Where gateways bring what came back."""

from django.urls import path

from gatepost.reach.views import gateway

app_name = "gateway"
urlpatterns = [
    path("<slug:key>/text", gateway.text, name="text"),
    path("<slug:key>/receipt", gateway.receipt, name="receipt"),
    path("<slug:key>/notify", gateway.notify, name="notify"),
]
