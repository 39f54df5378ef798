"""Any Hugging Face text model (Eq. 1 for text)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import AutoModel, AutoTokenizer

from mmrec_app.encoders.spec import EncoderSpec
from mmrec_app.encoders.torching import as_unit_rows, device_of, precision, tensor_of
from mmrec_app.types import Vector


class TextEncoder:
    """Tokenised, run in batches of like length so that little is padded, pooled, normalised."""

    def __init__(self, spec: EncoderSpec, source: str, device: str = "auto", dtype: str = "auto") -> None:
        self.spec, self.identity, self.dtype = spec, spec.identity, dtype
        self.device = device_of(device)
        revision = {"revision": spec.revision} if spec.revision else {}
        self.tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False, **revision)
        model = AutoModel.from_pretrained(source, use_safetensors=True, trust_remote_code=False, **revision)
        self.model = model.to(self.device).eval()
        limit = getattr(self._text_config(), "max_position_embeddings", spec.max_length)
        self.max_length = min(spec.max_length, limit, self.tokenizer.model_max_length)
        # A model that takes no mask was trained on full length: what is not there must look as it did then.
        self.padding = "longest" if "attention_mask" in self.tokenizer.model_input_names else "max_length"
        self.dimension = self.encode(["a"]).shape[1]

    def encode(self, inputs: Sequence[str]) -> Vector:
        if not inputs:
            return np.zeros((0, self.dimension), np.float32)
        tokens = self.tokenizer(list(inputs), truncation=True, max_length=self.max_length)
        order = sorted(range(len(inputs)), key=lambda row: len(tokens["input_ids"][row]))
        rows: dict[int, Vector] = {}
        for start in range(0, len(order), self.spec.batch):
            batch = order[start : start + self.spec.batch]
            picked = {name: [values[row] for row in batch] for name, values in tokens.items()}
            padded = self.tokenizer.pad(
                picked, padding=self.padding, max_length=self.max_length, return_tensors="pt"
            ).to(self.device)
            rows |= zip(batch, self._features(padded), strict=True)
        return np.stack([rows[row] for row in range(len(inputs))])

    @torch.inference_mode()
    def _features(self, batch: Any) -> Vector:
        with precision(self.device, self.dtype):
            if hasattr(self.model, "get_text_features"):
                return as_unit_rows(tensor_of(self.model.get_text_features(**batch)))
            output = self.model(**batch)
            return as_unit_rows(_pool(output, batch["attention_mask"], self.spec.pooled))

    def _text_config(self) -> Any:
        return getattr(self.model.config, "text_config", self.model.config)


def _pool(output: Any, mask: Tensor, how: str) -> Tensor:
    if how == "pooler":
        return output.pooler_output
    states = output.last_hidden_state  # (B, T, D)
    if how == "cls":
        return states[:, 0]
    weights = mask.unsqueeze(-1).to(states.dtype)  # (B, T, 1)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
