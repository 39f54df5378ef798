"""How the signals of a list are weighed: learned on validation events.

A list begins as a mixture of what the linear model, the neural one and popularity hold likely; a small network adds
what tells better where each of them is right. Both learn from whole lists (listwise softmax: Cao et al., ICML 2007).
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mmrec_app.training.data import Floats, Ints, Question
from mmrec_app.training.dropout import Dropout
from mmrec_app.training.ranking import Space
from mmrec_app.training.signals import FEATURES, LINEAR, NEURAL, POPULAR

WIDTH, DROPOUT = 64, 0.1
EPOCHS, MOST_EPOCHS, STEPS = 12, 40, 2000
"""Passes over the lists: of few lists more, until about so many steps are made."""
GROUP, RATE, DECAY = 64, 3e-3, 1e-3
"""Lists a step, greatest learning rate, weight decay."""
HELD = 0.15
"""Share of the lists that say when the network is best."""
DRAWN = 64
"""Candidates of a list that a step compares what was right with."""
FRESH = 2.0
"""What a list counts whose right answer training never met, another counting 1: what nobody was shown has had fewer
events than it deserves (Schnabel et al., ICML 2016, weigh events by how likely they were to be seen)."""
ALIKE = 1e-3
"""A feature that spreads less is taken as the same everywhere."""
FEWEST = 200
"""Lists below which the mixture stays as it is."""
GRID = (0.0, 0.1, 0.3, 1.0, 3.0)
"""Weights of a mixture that are tried for a signal, relative to another's 1."""


class Ranker(nn.Module):
    """Features (B, C, F) -> scores (B, C). `mixture` (3,) weighs linear, neural and popular."""

    mean: Tensor
    spread: Tensor
    mixture: Tensor
    sharpness: Tensor

    def __init__(self, sharpness: float) -> None:
        """`sharpness` is 1 / τ of the pairing of user and next item."""
        super().__init__()
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("spread", torch.ones(FEATURES))
        self.register_buffer("mixture", torch.tensor([1.0, 1.0, 0.0]))
        self.register_buffer("sharpness", torch.tensor(sharpness))
        last = nn.Linear(WIDTH, 1)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        self.net = nn.Sequential(
            nn.Linear(FEATURES, WIDTH), nn.SiLU(), Dropout(DROPOUT),
            nn.Linear(WIDTH, WIDTH), nn.SiLU(), Dropout(DROPOUT), last,
        )  # fmt: skip

    def forward(self, features: Tensor) -> Tensor:
        scaled = ((features - self.mean) / self.spread).clamp(-6, 6)
        return self.mixed(features) + self.net(scaled).squeeze(-1)

    def mixed(self, features: Tensor) -> Tensor:
        """log of how likely each is: the sum of what each signal says, so that one of them is enough."""
        linear, gap, popular = (features[..., column] for column in (LINEAR, NEURAL, POPULAR))
        parts = torch.stack([linear, torch.exp(self.sharpness * gap), popular], dim=-1)
        return torch.log((parts * self.mixture).sum(-1) + 1e-4)

    @torch.no_grad()
    def order(self, features: Floats) -> Floats:
        return self(torch.from_numpy(features)).numpy()

    @property
    def weights(self) -> dict[str, float]:
        """Of the mixture."""
        return dict(zip(("linear", "neural", "popular"), self.mixture.tolist(), strict=True))


@dataclass(frozen=True)
class Lists:
    """Lists that hold what came next, padded: `features` (L, C, F), `there` (L, C), `right` (L, C) shares that add up
    to one, `weight` (L,) what each counts."""

    features: Tensor
    there: Tensor
    right: Tensor
    weight: Tensor

    def __len__(self) -> int:
        return len(self.features)

    def __getitem__(self, rows: Ints) -> "Lists":
        index = torch.from_numpy(rows)
        return Lists(self.features[index], self.there[index], self.right[index], self.weight[index])

    def thinned(self, count: int) -> "Lists":
        """One of what was right, and `count` candidates at random: over many steps that teaches what the whole does."""
        if self.there.shape[1] <= count:
            return self
        others = torch.randperm(self.there.shape[1])[:count].expand(len(self), -1)
        index = torch.cat([self.right.multinomial(1), others], 1)
        right = torch.zeros(index.shape)
        right[:, 0] = 1
        wrong = self.there.gather(1, index) & (self.right.gather(1, index) == 0)
        drawn = self.features[torch.arange(len(self))[:, None], index]
        return Lists(drawn, wrong | (right > 0), right, self.weight)

    def scores(self, scorer: Callable[[Tensor], Tensor]) -> Tensor:
        return scorer(self.features.float()).masked_fill(~self.there, -1e4)

    def loss(self, ranker: Ranker) -> Tensor:
        each = F.cross_entropy(self.scores(ranker), self.right, reduction="none")
        return (each * self.weight).sum() / self.weight.sum()

    @torch.no_grad()
    def value(self, scorer: Callable[[Tensor], Tensor]) -> float:
        """Mean NDCG@10 + Recall@20."""
        order = self.scores(scorer).topk(min(20, self.there.shape[1])).indices
        hits = (self.right.gather(1, order) > 0).float()
        discount = 1 / torch.log2(torch.arange(2.0, 12.0))[: hits.shape[1]]
        count = (self.right > 0).sum(1)
        ideal = torch.cat([torch.zeros(1), discount.cumsum(0)])[count.clamp(max=len(discount))]
        ndcg = (hits[:, :10] * discount).sum(1) / ideal
        return float(((ndcg + hits.sum(1) / count) * self.weight).sum() / self.weight.sum())


def fit_ranker(
    space: Space, question: Question, users: Ints, sharpness: float, seed: int = 0, fresh: Ints | None = None
) -> Ranker:
    """Learns from the lists of `users` that hold what came next; those that do not say nothing about an order. `fresh`
    are the items that training never met."""
    ranker = Ranker(sharpness)
    if not (lists := lists_of(space, question, users, fresh)):
        return ranker
    torch.manual_seed(seed)
    _mix(ranker, lists)
    if len(lists) >= FEWEST:
        known = lists.features[lists.there].float()
        ranker.mean.copy_(known.mean(0))
        spread = known.std(0)
        # What was always alike has taught nothing: where it differs one day, that shall not turn lists upside down.
        ranker.spread.copy_(torch.where(spread < ALIKE, 1.0, spread + ALIKE))
        _learn(ranker, lists, np.random.default_rng(seed))
    return ranker.eval()


def lists_of(space: Space, question: Question, users: Ints, fresh: Ints | None = None) -> Lists | None:
    """None where no list holds what came next."""
    new = np.isin(np.arange(len(space.joint)), [] if fresh is None else fresh)
    batches = space.batches(question.history, users)
    found = [each for batch in batches for each in _holding(space, question, users[batch])]
    if not found:
        return None
    longest = max(len(right) for *_, right in found)
    features = np.zeros((len(found), longest, FEATURES), np.float16)
    there, right = np.zeros((len(found), longest), bool), np.zeros((len(found), longest), np.float32)
    weight = np.ones(len(found), np.float32)
    for row, (rows, given, aims) in enumerate(found):
        features[row, : len(given)], there[row, : len(given)] = given, True
        right[row, : len(aims)] = aims / aims.sum()
        weight[row] = FRESH if new[rows[aims]].any() else 1
    return Lists(*(torch.from_numpy(each) for each in (features, there, right, weight)))


def _holding(space: Space, question: Question, users: Ints) -> Iterator[tuple[Ints, Floats, np.ndarray]]:
    """Of each list that holds what came next: its items, their features, and which of them are right."""
    proposed = space.propose(question, users)
    rows = zip(proposed.candidates, proposed.users, strict=True)
    right = np.stack([np.isin(row, question.targets[user]) for row, user in rows]) & proposed.there
    holding = right.any(1)
    if holding.any():
        held = proposed[holding]
        features = space.weighed(question.history, held).features()
        for items, given, there, aims in zip(held.candidates, features, held.there, right[holding], strict=True):
            yield items[there], given[there], aims[there]


def _mix(ranker: Ranker, lists: Lists) -> None:
    """The best mixture of a grid, one of the first two signals weighing 1."""
    ranker.eval()
    sample = lists[np.random.default_rng(0).permutation(len(lists))[:1000]]
    tried = [(1.0, b, c) for b, c in product(GRID, GRID)] + [(0.0, 1.0, c) for c in GRID]
    values = {}
    for weights in tried:
        ranker.mixture.copy_(torch.tensor(weights))
        values[weights] = sample.value(ranker.mixed)
    ranker.mixture.copy_(torch.tensor(max(tried, key=values.__getitem__)))


def _learn(ranker: Ranker, lists: Lists, rng: np.random.Generator) -> None:
    order = rng.permutation(len(lists))
    held, taught = lists[order[: int(HELD * len(lists))]], order[int(HELD * len(lists)) :]
    steps = -(-len(taught) // GROUP)
    epochs = min(max(EPOCHS, STEPS // steps), MOST_EPOCHS)
    optimiser = torch.optim.AdamW(ranker.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=epochs * steps)
    best, value = copy.deepcopy(ranker.state_dict()), held.value(ranker.eval())
    for epoch in range(epochs):
        ranker.train()
        for chosen in np.array_split(rng.permutation(taught), steps):
            optimiser.zero_grad(set_to_none=True)
            lists[chosen].thinned(DRAWN).loss(ranker).backward()
            optimiser.step()
            schedule.step()
        if epoch < epochs // 2:  # the rate is high: the best is still to come
            continue
        if (found := held.value(ranker.eval())) > value:
            best, value = copy.deepcopy(ranker.state_dict()), found
    ranker.load_state_dict(best)
