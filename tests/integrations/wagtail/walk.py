"""Runs inside the site: an editor publishes, visitors look. Prints what became of it as one JSON object."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402
from shop.models import ProductPage  # noqa: E402
from wagtail.models import Page, PageViewRestriction  # noqa: E402

from mmrec_app.catalogue import item_for  # noqa: E402
from mmrec_app.models import Event, Item  # noqa: E402
from mmrec_app.recommend import recommend  # noqa: E402
from tests.integrations.wagtail.editor import Editor  # noqa: E402

COLOURS, KINDS = ("red", "blue", "green"), ("dress", "mug", "chair")
PERSON = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
Pages = dict[str, ProductPage]
Facts = Iterator[tuple[str, Any]]


def main() -> None:
    setup_test_environment()
    call_command("makemigrations", "shop", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("check", databases=["default"], fail_level="WARNING")
    editor, pages = Editor(), Pages()
    section = Page.objects.get(depth=2).add_child(instance=Page(title="Goods", slug="goods"))
    facts = dict(published(editor, section, pages))
    for step in (lists(), page(pages), seen(editor, pages), gone(editor, section, pages)):
        facts |= dict(step)
    print(json.dumps(facts | {"torch": "torch" in sys.modules}))


def listed(page: Page) -> bool:
    """Whether it can be in a list."""
    return Item.objects.filter(object_id=page.pk, removed_at=None, available=True).exists()


def published(editor: Editor, section: Page, pages: Pages) -> Facts:
    photo = editor.uploads("red", "dress")
    red = editor.drafts(section, "Red dress", intro="<p>A plain dress in red.</p>", photo=photo.pk, price="20.00")
    yield "draft", Item.objects.count()
    editor.publishes(red)
    item = item_for(red)
    yield "item", [item.title, item.category, str(item.price), item.available, item.published_at is not None]
    before = item.content_hash
    editor.edits(red, intro="<p>A dress in red, of linen.</p>")
    yield "edited draft", item_for(red).content_hash == before
    editor.publishes(red)
    yield "published again", item_for(red).content_hash != before
    red.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        red.save()
    yield "writes of a save", sum("INSERT INTO mmrec_app_item" in query["sql"] for query in queries)
    lamp = editor.drafts(section, "Lamp of this morning", intro="<p>A lamp.</p>")
    lamp.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
    waiting = listed(lamp)
    call_command("publish_scheduled", verbosity=0)
    yield "scheduled", [waiting, listed(lamp)]
    pages |= {"red dress": red, "lamp": lamp}
    for kind in KINDS:
        for colour in COLOURS:
            if f"{colour} {kind}" not in pages:
                intro, photo = f"<p>A plain {kind} in {colour}.</p>", editor.uploads(colour, kind)
                title = f"{colour.title()} {kind}"
                pages[f"{colour} {kind}"] = editor.drafts(section, title, publish=True, intro=intro, photo=photo.pk)


def lists() -> Facts:
    subprocess.run([sys.executable, "-m", "django", "mmrec_encode"], check=True, stdout=sys.stderr)
    found = recommend("similar", item=ProductPage.objects.get(title="Red dress"), k=2)
    titles = Item.objects.in_bulk(found.item_ids)
    yield "similar", [found.rung, sorted(titles[key].title for key in found.item_ids)]


def look(page: Page) -> str:
    return Client(headers={"user-agent": PERSON}).get(page.get_url()).content.decode()


def cards(html: str) -> list[int]:
    return [int(key) for key in re.findall(r'data-item="(\d+)"', html)]


def page(pages: Pages) -> Facts:
    html = look(pages["red dress"])
    files = [src.removeprefix(settings.MEDIA_URL) for src in re.findall(r'class="mmrec-image" src="([^"]+)"', html)]
    yield "cards", [len(cards(html)), pages["red dress"].pk in cards(html), "mmrec_app/mmrec.css" in html]
    yield "renditions", [sum("fill-400x400" in file for file in files), sum(map(on_disk, files))]
    links = re.findall(r'class="mmrec-link" href="([^"]+)"', html)
    yield "links", [Client().get(link).status_code for link in links]
    with CaptureQueriesContext(connection) as queries:
        look(pages["red dress"])
    asked = [query["sql"] for query in queries if 'FROM "wagtailimages_rendition"' in query["sql"]]
    yield "queries for cards' pictures", sum("fill-400x400" not in sql and "width-800" not in sql for sql in asked)


def on_disk(name: str) -> bool:
    return Path(settings.MEDIA_ROOT, name).is_file()


def seen(editor: Editor, pages: Pages) -> Facts:
    Event.objects.all().delete()
    look(pages["blue mug"])
    yield "previewed", "<h1>Blue mug</h1>" in editor.previews(pages["blue mug"])
    yield "views", list(Event.objects.values_list("kind", "item__title"))


def gone(editor: Editor, section: Page, pages: Pages) -> Facts:
    dress = pages["red dress"]
    editor.unpublishes(pages["green dress"])
    yield "unpublished", [listed(pages["green dress"]), pages["green dress"].pk in cards(look(dress))]
    editor.publishes(pages["green dress"])
    yield "and published", listed(pages["green dress"])
    Page.objects.get(pk=pages["green dress"].pk).unpublish()
    yield "unpublished as a plain page", listed(pages["green dress"])
    before = pages["blue dress"].pk in cards(look(dress))
    PageViewRestriction.objects.create(page=pages["blue dress"], restriction_type="login")
    yield "restricted", [before, pages["blue dress"].pk in cards(look(dress))]
    Page.objects.get(pk=pages["red mug"].pk).delete()
    yield "deleted", listed(pages["red mug"])
    section.delete()
    yield "deleted with all above", Item.objects.filter(removed_at=None).count()


if __name__ == "__main__":
    main()
