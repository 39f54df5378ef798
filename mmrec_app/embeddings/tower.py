"""The user tower of a trained generation: a visitor's last events -> interest vectors, by ONNX alone."""

from functools import lru_cache
from typing import Any

import numpy as np
from django.db import DatabaseError
from numpy.typing import NDArray

from mmrec_app.embeddings.generations import load_artefact
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation
from mmrec_app.types import Recipe, Vector

ARTEFACT = "user_tower.onnx"


def interests(
    generation: int, recipe: Recipe, vectors: Vector, kinds: NDArray[Any], days: NDArray[Any], lengths: NDArray[Any]
) -> Vector:
    """`vectors` (B, L, D) of events, oldest first and padded behind, their `kinds` and `days` (B, L), `lengths` (B,) ->
    (B, K, D) unit rows. Raises `MmrecError` when the tower is gone or damaged."""
    given = {
        "vectors": vectors.astype(np.float32),
        "kinds": kinds.astype(np.int64),
        "days": days.astype(np.float32),
        "lengths": lengths.astype(np.int64),
    }
    try:
        return np.asarray(_session(generation, recipe.tower).run(None, given)[0])
    except (DatabaseError, MmrecError):
        raise
    except Exception as error:  # the runtime has exceptions of its own
        raise MmrecError(f"the user tower of generation {generation} failed: {error}") from error


@lru_cache(maxsize=2)
def _session(generation: int, sha256: str) -> Any:
    """One a process and generation; while a new one takes over, both."""
    import onnxruntime  # takes a moment, and lists of untrained generations need none of it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a request is small: the other cores have requests of their own
    data = load_artefact(Generation(number=generation), ARTEFACT)
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
