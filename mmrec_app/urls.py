"""`path("mmrec/", include("mmrec_app.urls"))`."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from mmrec_app.api.views import EventsView, RecommendationsView

app_name = "mmrec"

urlpatterns = [
    path("recommendations/<slug:placement>/", RecommendationsView.as_view(), name="recommendations"),
    path("events/", EventsView.as_view(), name="events"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
