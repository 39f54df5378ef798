"""Paraphrase and back-translation by a Hugging Face seq2seq model that the shop names (Eq. 17)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

from mmrec_app.exceptions import AugmentationError
from mmrec_app.types import Seq2Seq

BATCH = 16


class Rewriter:
    """One model paraphrases; two translate there and back. Sampled, so that a second view differs from the first."""

    def __init__(self, models: Sequence[Seq2Seq], device: str = "auto", max_length: int = 128) -> None:
        self.max_length = max_length
        self.device = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
        self.steps = [(each.prefix, *self._load(each.model)) for each in models]

    def __call__(self, texts: Sequence[str], rng: np.random.Generator) -> list[str]:
        """Each text rewritten; one that comes back empty stays as it was."""
        written = list(texts)
        seed = int(rng.integers(2**31))
        devices = [self.device] if self.device.startswith("cuda") else []
        with torch.random.fork_rng(devices=devices):
            torch.manual_seed(seed)
            for prefix, tokenizer, model in self.steps:
                given = [prefix + text for text in written]
                written = [new for start in range(0, len(given), BATCH)
                           for new in self._write(tokenizer, model, given[start : start + BATCH])]  # fmt: skip
        return [new.strip() or old for new, old in zip(written, texts, strict=True)]

    @torch.inference_mode()
    def _write(self, tokenizer: Any, model: Any, texts: list[str]) -> list[str]:
        tokens = tokenizer(texts, truncation=True, max_length=self.max_length, padding=True, return_tensors="pt")
        made = model.generate(
            **tokens.to(self.device), do_sample=True, top_p=0.9, max_new_tokens=self.max_length, num_beams=1
        )
        return tokenizer.batch_decode(made, skip_special_tokens=True)

    def _load(self, model: str) -> tuple[Any, Any]:
        try:
            tokenizer = AutoTokenizer.from_pretrained(model, trust_remote_code=False)
            loaded = AutoModelForSeq2SeqLM.from_pretrained(model, use_safetensors=True, trust_remote_code=False)
        except Exception as error:  # models and their files fail in every way there is
            raise AugmentationError(
                f"seq2seq model {model!r} cannot be loaded: {error}. Correct MMREC['REWRITERS']; its weights must be "
                "safetensors, and be on this machine where no hub is reached."
            ) from error
        return tokenizer, loaded.to(self.device).eval()
