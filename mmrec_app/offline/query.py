"""Encodes one search in a worker, with the same models and the same cleaning as the catalogue."""

import numpy as np
from PIL import Image

from mmrec_app.embeddings.queries import find_query, store_query
from mmrec_app.offline.inputs import encode_inputs, inputs_of, specs_by_modality
from mmrec_app.types import Content, Vector

NOTHING = np.zeros(1, np.float32)
"""Of words that no text of the catalogue has, where the encoder was fitted to it: that they say nothing is an answer
as well, for which nobody has to wait again."""
MIDDLE = 0.5
"""Of the shorter side of a photo: people hold a thing into the middle, and the rest is kitchen (measured:
docs/search.md)."""


def encode_query(key: str, modality: str, content: bytes) -> bool:
    """Stores its vectors under `key`, a zero where nothing can be made of the content; returns whether anything was."""
    encoders = [spec.identity for spec in specs_by_modality()[modality]]
    if find_query(key, encoders) is not None:  # asked twice while it was busy
        return True
    found = query_vectors(modality, content)
    store_query(key, {encoder: found.get(encoder, NOTHING) for encoder in encoders})
    return bool(found)


def query_vectors(modality: str, content: bytes) -> dict[str, Vector]:
    """Encoder -> (d,) of words, or of a photo: the mean of the whole and its middle."""
    asked = Content(0, content.decode() if modality == "text" else "", (content,) if modality == "image" else ())
    inputs = inputs_of(modality, [asked], {})
    if modality == "image":
        inputs += [(owner, middle(photo)) for owner, photo in inputs]
    made = {spec.identity: encode_inputs(spec, inputs) for spec in specs_by_modality()[modality]}
    return {encoder: found[0] for encoder, found in made.items() if found}


def middle(photo: Image.Image) -> Image.Image:
    side = max(int(min(photo.size) * MIDDLE), 1)
    left, top = (photo.width - side) // 2, (photo.height - side) // 2
    return photo.crop((left, top, left + side, top + side))
