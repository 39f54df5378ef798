"""`path("mmrec/", include("mmrec_app.urls"))`."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from mmrec_app.api.views import EventsView, RecommendationsView
from mmrec_app.widgets.views import fragment

app_name = "mmrec"

urlpatterns = [
    path("recommendations/<slug:placement>/", RecommendationsView.as_view(), name="recommendations"),
    path("events/", EventsView.as_view(), name="events"),
    path("fragment/", fragment, name="fragment"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
