"""What shoppers fill in."""

import uuid

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UserCreationForm

from shop_demo.cart import MAX_QUANTITY


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(min_value=0, max_value=MAX_QUANTITY, required=False)


class CheckoutForm(forms.Form):
    """`token` names this one attempt to order: sending it twice orders once. `total` is what the shopper was shown."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    address = forms.CharField(
        error_messages={"min_length": "Please write street, postcode, town and country."},
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
        help_text="Street, postcode, town and country.",
    )
    token = forms.UUIDField(initial=uuid.uuid4, widget=forms.HiddenInput)
    total = forms.DecimalField(widget=forms.HiddenInput)


class SignUpForm(UserCreationForm):
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    class Meta(UserCreationForm.Meta):
        model = get_user_model()
        fields = ("username", "email")
        help_texts = {"username": "Letters, digits and @ . + - _"}
