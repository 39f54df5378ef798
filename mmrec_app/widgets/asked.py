"""What a tag asks for, checked: a template passes over a misspelt name, we do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mmrec_app.exceptions import MmrecError

LOOKS = ("grid", "carousel")
NEVER_TEXT = ("item", "items", "exclude", "filters", "k")
"""Options that are objects, mappings or numbers; a name that means nothing reaches a tag as ''."""
MOST_BONES = 24
"""Cards of a skeleton: more than a screen needs no more shapes."""


@dataclass(frozen=True)
class Widget:
    """How a list looks. `reasons`: there is room for a reason under every card; None: when a card has one."""

    placement: str
    title: str = ""
    look: str = "grid"
    dismiss: bool = True
    k: int = 12
    reasons: bool | None = None

    def __post_init__(self) -> None:
        if self.look not in LOOKS:
            raise MmrecError(f"look {self.look!r} is unknown; looks are {', '.join(LOOKS)}.")

    @property
    def bones(self) -> range:
        return range(min(self.k, MOST_BONES))


def check_options(options: Mapping[str, Any]) -> None:
    """Raises `MmrecError` for a text where none can be, as a misspelt template variable is."""
    for name in NEVER_TEXT:
        if isinstance(value := options.get(name), str):
            raise MmrecError(f"option {name} is {value!r}, a text; is the name of the template variable misspelt?")


def several(value: Any) -> list[Any]:
    """A template may hand over one product, many, or none."""
    if value is None:
        return []
    return list(value) if hasattr(value, "__iter__") else [value]
