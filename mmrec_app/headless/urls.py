from django.urls import path

from mmrec_app.api.events import EventsView
from mmrec_app.api.seen import SeenView
from mmrec_app.headless.door import door
from mmrec_app.headless.views import ListView, visitor

urlpatterns = [
    path("visitor/", door(visitor), name="headless_visitor"),
    path("recommendations/<slug:placement>/", door(ListView.as_view()), name="headless_recommendations"),
    path("events/", door(EventsView.as_view(), needs_visitor=True), name="headless_events"),
    path("seen/", door(SeenView.as_view(), needs_visitor=True), name="headless_seen"),
]
