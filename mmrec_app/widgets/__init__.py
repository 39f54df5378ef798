"""Lists as HTML: looks, skeletons, and fragments for lists that are fetched when they are needed."""

from mmrec_app.widgets.asked import Widget
from mmrec_app.widgets.lists import empty, list_on_page, note_shown
from mmrec_app.widgets.render import skeleton_html, widget_html

__all__ = ["Widget", "empty", "list_on_page", "note_shown", "skeleton_html", "widget_html"]
