"""The files of a recipe, as docs/recipes.md and docs/install.md print them, on top of what the framework's own guide
leaves behind."""

from collections.abc import Mapping

from tests.docs.reading import RECIPES, blocks

CELERY = ("shop/celery.py", "shop/__init__.py")
APPENDED = ("shop/settings.py", "shop/urls.py")


def files_of(section: str, guide: Mapping[str, str]) -> dict[str, str]:
    """Settings and urls of a recipe go on where the guide's end; every other file stands alone."""
    files = dict(guide)
    files |= {block.file: block.text for block in blocks("python", document="install.md") if block.file in CELERY}
    for block in blocks("python", "django", document=RECIPES):
        if block.section == section:
            files[block.file] = (files[block.file] if block.file in APPENDED else "") + block.text
    return files
