"""What can go wrong, in words that name the thing, its value and the remedy."""


class MmrecError(Exception):
    """Anything of ours. Misconfiguration is Django's `ImproperlyConfigured` instead."""


class MediaRefused(MmrecError):
    """A sound or a film that cannot or must not be read. It costs itself, not its item."""


class ImageRefused(MediaRefused):
    """A picture that cannot or must not be read. It costs that picture, not its item."""


class EncoderError(MmrecError):
    """An encoder that cannot be loaded."""


class AugmentationError(MmrecError):
    """What an augmentation needs is not installed or cannot be loaded."""
