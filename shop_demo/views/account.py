"""Sign up, log in and out, and what an account holds."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shop_demo.forms import SignUpForm


class Login(LoginView):
    template_name = "shop_demo/login.html"
    redirect_authenticated_user = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"label_suffix": ""}


class Logout(LogoutView):
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        messages.info(request, "You are logged out.")
        return response


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("account")
    form = SignUpForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        login(request, form.save())  # the recommender hears of it: what was looked at before is the account's now
        messages.success(request, f"Welcome, {request.user.get_username()}.")
        return redirect("account")
    return render(request, "shop_demo/signup.html", {"form": form})


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    orders = Paginator(request.user.orders.prefetch_related("lines__product"), 10).get_page(request.GET.get("page"))
    return render(request, "shop_demo/account.html", {"orders": orders})
