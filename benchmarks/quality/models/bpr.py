"""BPR (Rendle et al., UAI 2009) and VBPR: Visual Bayesian Personalized Ranking from Implicit Feedback (He and McAuley,
AAAI 2016), which is the same with content, here that of all encoders.

x_ui = β_i + γ_uᵀγ_i + θ_uᵀ(E f_i) + β'ᵀf_i,    loss -log σ(x_ui - x_uj) + L2,    j drawn evenly from what u has not met
"""

from dataclasses import replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from benchmarks.quality.models.stopping import Best
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet, centred

BATCH = 2048


class VBPR(nn.Module):
    features: Tensor

    def __init__(self, users: int, features: Tensor, items: int, dim: int) -> None:
        super().__init__()
        self.register_buffer("features", features, persistent=False)  # (N, F)
        self.user, self.item = nn.Embedding(users, dim), nn.Embedding(items, dim)
        self.taste = nn.Embedding(users, dim)
        self.bias = nn.Embedding(items, 1)
        self.content = nn.Linear(features.shape[1], dim, bias=False)
        self.content_bias = nn.Linear(features.shape[1], 1, bias=False)
        for table in (self.user, self.item, self.taste):
            nn.init.xavier_uniform_(table.weight)
        nn.init.zeros_(self.bias.weight)

    def forward(self, users: Tensor, items: Tensor) -> Tensor:
        """(B,), (B,) -> (B,)"""
        given = self.features[items]
        behaviour = (self.user(users) * self.item(items)).sum(1)
        content = (self.taste(users) * self.content(given)).sum(1)
        return behaviour + content + (self.bias(items) + self.content_bias(given)).squeeze(1)

    def penalty(self, users: Tensor, items: Tensor) -> Tensor:
        tables = (self.user(users), self.taste(users), self.item(items), self.bias(items))
        return sum(each.square().sum() for each in tables) / len(users)

    @torch.inference_mode()
    def all_scores(self, users: Tensor) -> Tensor:
        """(B,) -> (B, N)"""
        bias = self.bias.weight + self.content_bias(self.features)  # (N, 1)
        content = self.taste(users) @ self.content(self.features).T
        return self.user(users) @ self.item.weight.T + content + bias.T


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    """VBPR; without features, BPR."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    given = [centred(rows) for rows in data.features.values()] or [np.zeros((data.items, 1), np.float32)]
    features = torch.from_numpy(np.concatenate(given, axis=1))
    model = VBPR(data.users, features, data.items, settings["dim"])
    optimizer = torch.optim.Adam(model.parameters(), settings["rate"])

    def scores(history: Ragged, users: Ints) -> Floats:
        return model.all_scores(torch.from_numpy(users)).numpy()

    best = Best(data, model, settings["patience"], settings["minutes"])
    for _ in range(settings["epochs"]):
        _epoch(model, optimizer, data, settings["decay"], rng)
        if best.over(scores):
            break
    best.restore()
    return scores


def _epoch(
    model: VBPR, optimizer: torch.optim.Optimizer, data: TrainingSet, decay: float, rng: np.random.Generator
) -> None:
    owners, values = data.train.owners, data.train.values
    met = np.sort(owners * data.items + values)
    order = rng.permutation(len(values))
    for start in range(0, len(order), BATCH):
        picked = order[start : start + BATCH]
        others = _unmet(owners[picked], met, data.items, rng)
        users, liked, other = (torch.from_numpy(each) for each in (owners[picked], values[picked], others))
        loss = -F.logsigmoid(model(users, liked) - model(users, other)).mean()
        loss = loss + decay * (model.penalty(users, liked) + model.penalty(users, other))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def _unmet(users: Ints, met: Ints, items: int, rng: np.random.Generator) -> Ints:
    """An item for each user, drawn again (at most ten times) where the user has met it; `met` are sorted pairs."""
    drawn = rng.integers(items, size=len(users))
    for _ in range(10):
        keys = users * items + drawn
        again = np.flatnonzero(met[np.searchsorted(met, keys).clip(max=len(met) - 1)] == keys)
        if not len(again):
            break
        drawn[again] = rng.integers(items, size=len(again))
    return drawn


def space(data: TrainingSet) -> Space:
    return {
        "decay": (1e-2, 1e-3, 1e-4),
        "rate": (3e-3, 1e-3),
        "dim": (64, 128),
        "epochs": (60,),
        "patience": (4,),
        "minutes": (40.0,),
    }


def fit_bpr(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    return fit(replace(data, features={}), settings, seed)


CODE = ("benchmarks.quality.models.stopping",)
BPR_MODEL = Model("bpr", fit_bpr, space, seeded=True, code=CODE)
VBPR_MODEL = Model("vbpr", fit, space, ("content",), seeded=True, code=CODE)
