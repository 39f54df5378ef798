"""What an editor does in Wagtail's admin, as requests to its pages."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from shop.models import ProductPage
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html, rich_text

from tests.pictures import picture


class Editor:
    def __init__(self) -> None:
        self.client = Client()
        self.client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.com", "x"))

    def uploads(self, colour: str, kind: str) -> Any:
        file = SimpleUploadedFile(f"{colour}-{kind}.png", picture(colour, kind), "image/png")
        return get_image_model().objects.create(title=f"{colour} {kind}", file=file)

    def drafts(self, parent: Page, title: str, publish: bool = False, **fields: Any) -> ProductPage:
        """A page of which only a draft is saved, unless it is published."""
        address = reverse("wagtailadmin_pages:add", args=("shop", "productpage", parent.pk))
        self._saves(address, "page-edit-form", publish, title=title, slug=title.lower().replace(" ", "-"), **fields)
        return ProductPage.objects.get(title=title)

    def publishes(self, page: ProductPage, **fields: Any) -> None:
        self.edits(page, publish=True, **fields)

    def edits(self, page: ProductPage, publish: bool = False, **fields: Any) -> None:
        self._saves(reverse("wagtailadmin_pages:edit", args=[page.pk]), "page-edit-form", publish, **fields)

    def unpublishes(self, page: ProductPage) -> None:
        self.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    def previews(self, page: ProductPage) -> str:
        return self.client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()

    def _saves(self, address: str, form: str, publish: bool, **fields: Any) -> None:
        sent = querydict_from_html(self.client.get(address).content.decode(), form_id=form).dict()
        if "intro" in fields:
            fields["intro"] = rich_text(fields["intro"])
        sent |= fields | ({"action-publish": "1"} if publish else {})
        saved = self.client.post(address, sent)
        assert saved.status_code == 302, saved.context["form"].errors
