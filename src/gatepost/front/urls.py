"""The first address, the office's queue, and the job somebody does."""

from django.urls import path

from gatepost.front.views import office, orders, staff

app_name = "front"
urlpatterns = [
    path("", staff.today, name="today"),
    path("acting-as/", staff.acting_as, name="acting_as"),
    path("office/", office.office, name="office"),
    path("office/settle/<uuid:pk>/", office.settle, name="settle"),
    path("office/uncertain/<uuid:pk>/", office.uncertain, name="uncertain"),
    path("office/say/<uuid:pk>/", office.say, name="say"),
    path("orders/", orders.all_orders, name="orders"),
    path("orders/record/", orders.begin, name="begin_order"),
    path("orders/record/<uuid:pk>/", orders.record_order, name="record_order"),
    path("orders/time/<uuid:pk>/", orders.barred_time, name="barred_time"),
    path("orders/wait/", orders.wait, name="wait"),
    path("orders/wait/<uuid:pk>/", orders.hold, name="hold"),
    path("orders/<uuid:pk>/", orders.order, name="order"),
    path("orders/<uuid:pk>/words/", orders.order_words, name="order_words"),
    path("orders/<uuid:pk>/lift/", orders.ask_to_lift, name="ask_to_lift"),
    path("orders/<uuid:pk>/agree/", orders.agree_to_lift, name="agree_to_lift"),
    path("orders/<uuid:pk>/keep/", orders.keep_order, name="keep_order"),
    path("orders/<uuid:pk>/prolong/", orders.prolong_order, name="prolong_order"),
]
