"""Early stopping on the validation split, the same for every model that is trained by steps."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn

from benchmarks.quality.models.model import Scores
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.metrics import rank

USERS = 2_000
"""Validation users that are looked at after an epoch."""


@dataclass
class Best:
    """Keeps the weights with the best validation NDCG@10; `minutes` of processor time bound the whole training, so that
    what else a machine does changes no figure."""

    data: TrainingSet
    module: nn.Module
    patience: int
    minutes: float
    value: float = -1.0
    waited: int = 0
    state: dict[str, torch.Tensor] = field(default_factory=dict)
    since: float = field(default_factory=time.process_time)

    def over(self, scores: Scores) -> bool:
        """Looks at the model as it is; says whether to stop."""
        value = self._measure(scores)
        self.waited += 1
        if value > self.value:
            self.value, self.waited = value, 0
            self.state = {name: each.detach().clone() for name, each in self.module.state_dict().items()}
        return self.waited >= self.patience or time.process_time() - self.since > 60 * self.minutes

    def restore(self) -> None:
        if self.state:
            self.module.load_state_dict(self.state)

    def _measure(self, scores: Scores) -> float:
        question = self.data.asked("valid")
        asked = question.users
        if len(asked) > USERS:
            asked = np.random.default_rng(0).choice(asked, USERS, replace=False)
        ask: Callable = lambda users: scores(question.history, users)  # noqa: E731
        return rank(ask, question, self.data.items, 10, asked).ndcg(10)
