"""`path("mmrec/", include("mmrec_app.urls"))`."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from mmrec_app.api import events, experiments, generations, items, lists, metrics, people, rules, search, seen
from mmrec_app.api.base import NowhereView
from mmrec_app.widgets.views import fragment

app_name = "mmrec"

v1 = [
    path("recommendations/<slug:placement>/", lists.RecommendationsView.as_view(), name="recommendations"),
    path("search/", search.SearchView.as_view(), name="search"),
    path("search/photo/", search.PhotoSearchView.as_view(), name="search_by_photo"),
    path("events/", events.EventsView.as_view(), name="events"),
    path("seen/", seen.SeenView.as_view(), name="seen"),
    path("me/", people.MeView.as_view(), name="me"),
    path("people/<str:id>/", people.PersonView.as_view(), name="person"),
    path("items/", items.ItemsView.as_view(), name="items"),
    path("items/<int:pk>/", items.ItemView.as_view(), name="item"),
    path("generations/", generations.GenerationsView.as_view(), name="generations"),
    path("generations/roll-back/", generations.RollBackView.as_view(), name="roll_back"),
    path("generations/<int:number>/", generations.GenerationView.as_view(), name="generation"),
    path("generations/<int:number>/progress/", generations.ProgressView.as_view(), name="progress"),
    path("generations/<int:number>/activate/", generations.ActivateView.as_view(), name="activate"),
    path("generations/<int:number>/cancel/", generations.CancelView.as_view(), name="cancel"),
    path("rules/", rules.RulesView.as_view(), name="rules"),
    path("rules/<int:pk>/", rules.RuleView.as_view(), name="rule"),
    path("experiments/", experiments.ExperimentsView.as_view(), name="experiments"),
    path("experiments/<int:pk>/", experiments.ExperimentView.as_view(), name="experiment"),
    path("experiments/<int:pk>/start/", experiments.StartView.as_view(), name="start_experiment"),
    path("experiments/<int:pk>/stop/", experiments.StopView.as_view(), name="stop_experiment"),
    path("experiments/<int:pk>/results/", experiments.ResultsView.as_view(), name="results"),
    path("metrics/", metrics.MetricsView.as_view(), name="metrics"),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("fragment/", fragment, name="fragment"),
    path("headless/v1/<slug:key>/", include("mmrec_app.headless.urls")),
    re_path(r"^(?:v1|headless)/[\s\S]*$", NowhereView.as_view()),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
