"""What can go wrong, in words that name the thing, its value and the remedy."""

from typing import Literal


class MmrecError(Exception):
    """Anything of ours. Misconfiguration is Django's `ImproperlyConfigured` instead."""


class MediaRefused(MmrecError):
    """A sound or a film that cannot or must not be read. It costs itself, not its item."""


class ImageRefused(MediaRefused):
    """A picture that cannot or must not be read. It costs that picture, not its item.

    `kind` says why to whoever tells it in another language; `most` is the limit in bytes or pixels that it is beyond.
    """

    def __init__(self, text: str, kind: Literal["unreadable", "bytes", "pixels"] = "unreadable", most: int = 0) -> None:
        super().__init__(text)
        self.kind, self.most = kind, most


class EncoderError(MmrecError):
    """An encoder that cannot be loaded, or that the settings do not name."""


class AugmentationError(MmrecError):
    """What an augmentation needs is not installed or cannot be loaded."""
