"""What a trained generation answers with by ONNX alone: its user tower and its ranker."""

from functools import lru_cache
from typing import Any

import numpy as np
from django.db import DatabaseError
from numpy.typing import NDArray

from mmrec_app.embeddings.generations import load_artefact
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation
from mmrec_app.types import Vector

USER_TOWER, RANKER = "user_tower.onnx", "ranker.onnx"


def interests(
    generation: int, sha256: str, vectors: Vector, kinds: NDArray[Any], days: NDArray[Any], lengths: NDArray[Any]
) -> Vector:
    """`vectors` (B, L, D) of events, oldest first and padded behind, their `kinds` and `days` (B, L), `lengths` (B,) ->
    (B, K, D) unit rows. Raises `MmrecError` when the tower is gone or damaged."""
    given = {
        "vectors": vectors.astype(np.float32),
        "kinds": kinds.astype(np.int64),
        "days": days.astype(np.float32),
        "lengths": lengths.astype(np.int64),
    }
    return _run(generation, USER_TOWER, sha256, given)


def order(generation: int, sha256: str, features: Vector) -> Vector:
    """`features` (B, C, F) of candidates (`training.signals`) -> scores (B, C). A ranker from before the last of them
    were thought of reads the others. Raises `MmrecError` as above."""
    return _run(generation, RANKER, sha256, {"features": features})


def _run(generation: int, name: str, sha256: str, given: dict[str, Any]) -> Vector:
    try:
        session = _session(generation, name, sha256)
        for read in session.get_inputs():
            if isinstance(read.shape[-1], int):  # and not a name, where any number will do
                given[read.name] = given[read.name][..., : read.shape[-1]]
        return np.asarray(session.run(None, given)[0])
    except (DatabaseError, MmrecError):
        raise
    except Exception as error:  # the runtime has exceptions of its own
        raise MmrecError(f"{name} of generation {generation} failed: {error}") from error


@lru_cache(maxsize=8)
def _session(generation: int, name: str, sha256: str) -> Any:
    """One a process, artefact and generation, of which several serve while one takes over or an experiment runs."""
    import onnxruntime  # takes a moment, and lists of untrained generations need none of it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # a request is small: the other cores have requests of their own
    data = load_artefact(Generation(number=generation), name)
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
