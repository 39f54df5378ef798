from django.urls import path

from mmrec_app.headless.door import door
from mmrec_app.headless.views import HeadlessEventsView, HeadlessMeView, HeadlessSeenView, ListView, VisitorView

urlpatterns = [
    path("visitor/", door(VisitorView.as_view()), name="headless_visitor"),
    path("recommendations/<slug:placement>/", door(ListView.as_view()), name="headless_recommendations"),
    path("events/", door(HeadlessEventsView.as_view(), needs_visitor=True), name="headless_events"),
    path("seen/", door(HeadlessSeenView.as_view(), needs_visitor=True), name="headless_seen"),
    path("me/", door(HeadlessMeView.as_view(), asks_who=True), name="headless_me"),
]
