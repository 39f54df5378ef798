from django.contrib import admin
from django.urls import include, path

from shop_demo.views import account, cart, catalogue, checkout, media, photo, privacy

urlpatterns = [
    path("", catalogue.home, name="home"),
    path("category/<slug:slug>/", catalogue.category, name="category"),
    path("product/<slug:slug>/", catalogue.product, name="product"),
    path("search/", catalogue.search, name="search"),
    path("search/photo/", photo.upload, name="photo"),
    path("search/photo/<slug:key>/", photo.results, name="search_photo"),
    path("cart/", cart.show, name="cart"),
    path("cart/add/<int:pk>/", cart.add, name="cart_add"),
    path("cart/set/<int:pk>/", cart.change, name="cart_set"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("orders/<int:pk>/", checkout.thanks, name="order"),
    path("account/", account.account, name="account"),
    path("account/login/", account.Login.as_view(), name="login"),
    path("account/logout/", account.Logout.as_view(), name="logout"),
    path("account/signup/", account.sign_up, name="signup"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/switch/", privacy.switch, name="privacy_switch"),
    path("privacy/data/", privacy.data, name="privacy_data"),
    path("privacy/erase/", privacy.erase, name="privacy_erase"),
    path("media/<path:path>", media.media),
    path("favicon.ico", media.favicon),
    path("mmrec/", include("mmrec_app.urls")),
    path("admin/", admin.site.urls),
]
