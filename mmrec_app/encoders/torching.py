"""What both kinds of encoder share of torch."""

from contextlib import AbstractContextManager

import torch
import torch.nn.functional as F
from torch import Tensor

from mmrec_app.types import Vector


def device_of(name: str) -> torch.device:
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return torch.device(name)


def precision(device: torch.device, dtype: str) -> AbstractContextManager:
    """bfloat16 arithmetic where it is asked for, or on a GPU by itself; weights stay float32."""
    half = dtype == "bfloat16" or (dtype == "auto" and device.type == "cuda")
    return torch.autocast(device.type, torch.bfloat16, enabled=half)


def as_unit_rows(features: Tensor) -> Vector:
    """(B, D) -> float32 rows of length one; a zero row stays zero."""
    return F.normalize(features.float(), dim=-1).cpu().numpy()


def tensor_of(output: object) -> Tensor:
    """Models hand features over bare or wrapped in an output object."""
    return output if isinstance(output, Tensor) else output.pooler_output  # type: ignore[attr-defined]
