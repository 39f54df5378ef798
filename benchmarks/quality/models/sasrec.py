"""SASRec: Self-Attentive Sequential Recommendation (Kang and McAuley, ICDM 2018).

The blocks are the paper's: the query alone is normalised before attention, a two-layer ReLU feed-forward net, residuals
and dropout round both, learned positions, item embeddings shared with the output. The loss is the full cross-entropy
over all items, which is stronger than the paper's binary one with one negative (Klenitskiy and Vasilev, RecSys 2023);
beyond 20,000 items it runs over the batch's targets and 8,192 items drawn.
"""

from collections.abc import Iterator

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from benchmarks.quality.models.model import Model, Scores, Settings, Space
from benchmarks.quality.models.stopping import Best
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet

ALL_UP_TO = 20_000
DRAWN = 8_192
TOKENS = 8_192
"""Positions in a batch, at most."""
SEQUENCES = 128
"""In a batch, as in the paper."""


class Block(nn.Module):
    def __init__(self, dim: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.before, self.between = nn.LayerNorm(dim, eps=1e-8), nn.LayerNorm(dim, eps=1e-8)
        self.query, self.key, self.value = (nn.Linear(dim, dim) for _ in range(3))
        self.wide, self.narrow = nn.Linear(dim, dim), nn.Linear(dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) -> (B, T, D)"""
        asked = self.before(x)
        q, k, v = (self._split(each) for each in (self.query(asked), self.key(x), self.value(x)))
        rate = self.dropout if self.training else 0.0
        attended = F.scaled_dot_product_attention(q, k, v, dropout_p=rate, is_causal=True)
        x = self.between(asked + attended.transpose(1, 2).reshape(x.shape))
        hidden = F.dropout(F.relu(self.wide(x)), self.dropout, self.training)
        return x + F.dropout(self.narrow(hidden), self.dropout, self.training)

    def _split(self, x: Tensor) -> Tensor:
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)  # (B, H, T, D / H)


class SASRec(nn.Module):
    def __init__(self, items: int, length: int, dim: int, blocks: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.items, self.length, self.dropout = items, length, dropout
        self.item = nn.Embedding(items + 1, dim, padding_idx=items)
        self.position = nn.Embedding(length, dim)
        self.blocks = nn.ModuleList(Block(dim, heads, dropout) for _ in range(blocks))
        self.last = nn.LayerNorm(dim, eps=1e-8)
        nn.init.normal_(self.item.weight, std=0.02)
        nn.init.normal_(self.position.weight, std=0.02)
        with torch.no_grad():
            self.item.weight[items] = 0

    def forward(self, rows: Tensor, lengths: Tensor) -> Tensor:
        """Item rows (B, T), padded at the end, and how many count -> (B, T, D). Positions count from the end."""
        places = (self.length - lengths[:, None] + torch.arange(rows.shape[1])).clamp(max=self.length - 1)
        x = self.item(rows) * self.item.embedding_dim**0.5 + self.position(places)
        x = F.dropout(x, self.dropout, self.training) * (rows < self.items).unsqueeze(2)
        for block in self.blocks:
            x = block(x)
        return self.last(x)

    @torch.inference_mode()
    def scores(self, history: Ragged, users: Ints) -> Floats:
        """(B, N)"""
        self.eval()
        rows, lengths = padded([history[user][-self.length :] for user in users], self.items)
        states = self(rows, lengths)[torch.arange(len(rows)), (lengths - 1).clamp(min=0)]
        return (states @ self.item.weight[:-1].T).numpy()


def padded(sequences: list[Ints], pad: int) -> tuple[Tensor, Tensor]:
    lengths = np.array([len(each) for each in sequences])
    rows = np.full((len(sequences), max(int(lengths.max(initial=0)), 1)), pad, np.int64)
    for row, each in enumerate(sequences):
        rows[row, : len(each)] = each
    return torch.from_numpy(rows), torch.from_numpy(lengths)


def fit(data: TrainingSet, settings: Settings, seed: int) -> Scores:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    shape = {name: settings[name] for name in ("length", "dim", "blocks", "heads", "dropout")}
    model = SASRec(data.items, **shape)
    optimizer = torch.optim.Adam(model.parameters(), settings["rate"], betas=(0.9, 0.98))
    best = Best(data, model, settings["patience"], settings["minutes"])
    for _ in range(settings["epochs"]):
        model.train()
        for sequences in _batches(data.train, settings["length"], rng):
            loss = _loss(model, sequences, data.items)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if best.over(model.scores):
            break
    best.restore()
    return model.scores


def _batches(train: Ragged, length: int, rng: np.random.Generator) -> Iterator[list[Ints]]:
    """The last `length` + 1 of each history, those of like length together so that little is padded."""
    users = rng.permutation(np.flatnonzero(train.lengths > 1))
    users = users[np.argsort(np.minimum(train.lengths[users], length + 1), kind="stable")]
    ends = np.cumsum(np.minimum(train.lengths[users], length + 1))
    cuts = [0]
    while cuts[-1] < len(users):
        full = int(np.searchsorted(ends, ends[cuts[-1] - 1] + TOKENS if cuts[-1] else TOKENS))
        cuts.append(min(max(full, cuts[-1] + 1), cuts[-1] + SEQUENCES, len(users)))
    for start in rng.permutation(len(cuts) - 1):
        yield [train[user][-length - 1 :] for user in users[cuts[start] : cuts[start + 1]]]


def _loss(model: SASRec, sequences: list[Ints], items: int) -> Tensor:
    rows, lengths = padded([each[:-1] for each in sequences], items)
    targets, _ = padded([each[1:] for each in sequences], items)
    wanted = targets < items
    states, targets = model(rows, lengths)[wanted], targets[wanted]  # (P, D), (P,)
    if items <= ALL_UP_TO:
        return F.cross_entropy(states @ model.item.weight[:-1].T, targets)
    candidates, places = torch.unique(torch.cat([targets, torch.randint(items, (DRAWN,))]), return_inverse=True)
    return F.cross_entropy(states @ model.item(candidates).T, places[: len(targets)])


def space(data: TrainingSet) -> Space:
    """The paper's lengths and dropout, for sparse sets and for dense ones."""
    sparse = data.train.lengths.mean() < 50
    return {
        "dropout": (0.5, 0.2) if sparse else (0.2, 0.5),
        "dim": (64, 128),
        "rate": (1e-3, 3e-3),
        "blocks": (2,),
        "heads": (1,),
        "length": (50 if sparse else 200,),
        "epochs": (200,),
        "patience": (5,),
        "minutes": (40.0,),
    }


SASREC = Model("sasrec", fit, space, ("order",), seeded=True, code=("benchmarks.quality.models.stopping",))
