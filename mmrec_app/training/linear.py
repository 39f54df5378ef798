"""The linear item-item model: EASE with the content Gram, transitions and recency.

After EASE (Steck, WWW 2019) and SLIST (Choi et al., WWW 2021), with the content in the Gram. For every position of
every history a row p of the past, weighted exp(-age / past), and a row f of the future, exp(-distance / future):

    G = a XᵀX + b PᵀP + Σ_m α_m F_m F_mᵀ + Λ          C = a XᵀX + b PᵀF + Σ_m α_m F_m F_mᵀ
    B = G⁻¹ C - G⁻¹ diag(μ),   μ_j = (G⁻¹C)_jj / (G⁻¹)_jj      so that B has a zero diagonal

Λ is the ridge λ I, plus what denoising adds to it. A user's scores are h B, the history h weighted by recency,
exp(-age / recency). With b = 0 this is EASE, with content.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
import torch
from torch import Tensor

from mmrec_app.training.config import LinearConfig
from mmrec_app.training.data import Floats, Ints, Ragged, centred
from mmrec_app.training.sparse import solve_sparse

REACH = 8
"""Decay lengths after which a position no longer counts: exp(-8)."""

EXACT_UP_TO = 20_000
"""Items up to which the dense inverse is computed: three (N, N) float32 matrices, 4.8 GB at 20,000."""

SPARSE = 0.05
"""Share of a matrix that may be filled for a product to go by its entries."""

BLOCK = 256
"""Rows of such a product that are made at a time: what they are made of stays in a processor's cache."""


@dataclass(frozen=True)
class Linear:
    """`weights` (N, N): row i says what item i of a history adds to every other item's score."""

    weights: Floats | sp.csr_matrix
    recency: float | None

    def scores(self, history: Ragged, users: Ints) -> Floats:
        """(B, N) of the users' histories."""
        rows = recency_rows(history, users, self.weights.shape[0], self.recency)
        found: Any = rows @ self.weights
        return np.asarray(found.todense() if sp.issparse(found) else found, np.float32)

    def truncated(self, k: int) -> "Linear":
        """The k greatest positive weights of each row: what a shop's database holds."""
        ids, weights = self.neighbours(k)
        count = len(ids)
        rows = np.repeat(np.arange(count), ids.shape[1])
        kept = weights.ravel() > 0
        matrix = sp.csr_matrix((weights.ravel()[kept], (rows[kept], ids.ravel()[kept])), shape=(count, count))
        return Linear(matrix, self.recency)

    def neighbours(self, k: int) -> tuple[Ints, Floats]:
        """(N, k) item rows and weights, greatest first; a weight of zero or less is no neighbour."""
        count = self.weights.shape[0]
        k = min(k, count - 1)
        ids, weights = np.zeros((count, k), np.int64), np.zeros((count, k), np.float32)
        for start in range(0, count, 1024):
            block: Any = self.weights[start : start + 1024]
            block = np.asarray(block.todense()) if sp.issparse(block) else block
            value, top = torch.from_numpy(block).topk(k, dim=1)
            ids[start : start + 1024] = top.numpy()
            weights[start : start + 1024] = value.clamp(min=0).numpy()
        return ids, weights


def recency_rows(history: Ragged, users: Ints, items: int, recency: float | None) -> sp.csr_matrix:
    """(B, N) weights of what each user met: exp(-age / recency), the age counted in positions from the last."""
    lengths = history.lengths[users]
    ends = np.cumsum(lengths)
    values = np.concatenate([history[user] for user in users]) if len(users) else np.zeros(0, np.int64)
    owners = np.repeat(np.arange(len(users)), lengths)
    ages = ends[owners] - 1 - np.arange(len(values))
    weights = np.ones(len(values)) if recency is None else np.exp(-ages / recency)
    # An item met twice counts by its latest time.
    order = np.lexsort((weights, values, owners))
    last = np.append((owners[order][1:] != owners[order][:-1]) | (values[order][1:] != values[order][:-1]), True)
    kept = order[last[: len(order)]]
    data = (weights[kept].astype(np.float32), (owners[kept], values[kept]))
    return sp.csr_matrix(data, shape=(len(users), items))


def fit_linear(
    histories: Ragged,
    items: int,
    config: LinearConfig,
    features: Mapping[str, Floats] | None = None,
    device: str = "cpu",
    exact_up_to: int = EXACT_UP_TO,
) -> Linear:
    """Exact while the dense inverse fits, on a GPU where `device` is one; beyond that a sparse form, column by column.

    Raises `ValueError` naming an encoder that `config.content` weighs and `features` lacks.
    """
    given = dict(features or {})
    if missing := set(config.content) - set(given):
        raise ValueError(f"content weighs {sorted(missing)[0]!r}, which has no features; there are {sorted(given)}.")
    content = [np.float32(alpha**0.5) * centred(given[name]) for name, alpha in config.content.items() if alpha > 0]
    stacked = np.concatenate(content, axis=1) if content else np.zeros((items, 0), np.float32)
    gram, cross = counts(histories, items, config)
    ridge = config.ridge + config.denoise / (1 - config.denoise) * gram.diagonal()  # (N,)
    if items <= exact_up_to:
        return Linear(_exact(gram, cross, stacked, ridge, device), config.recency)
    return Linear(
        solve_sparse(gram, cross, stacked, ridge, config.candidates, config.neighbours, device), config.recency
    )


def counts(histories: Ragged, items: int, config: LinearConfig) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """aXᵀX + bPᵀP and aXᵀX + bPᵀF, sparse."""
    met = histories.matrix(items)
    together = config.together * (met.T @ met)
    if config.transitions == 0:
        return together.tocsr(), together.tocsr()
    past, future = _positions(histories, items, config)
    gram = together + config.transitions * (past.T @ past)
    return gram.tocsr(), (together + config.transitions * (past.T @ future)).tocsr()


def _positions(histories: Ragged, items: int, config: LinearConfig) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """For each position but a history's first: what came before, and what comes from it on."""
    starts = np.repeat(histories.offsets[:-1], histories.lengths)
    ends = np.repeat(histories.offsets[1:], histories.lengths)
    here = np.arange(len(histories.values))
    cuts = here[here > starts]
    past = _window(cuts, starts[cuts], -1, config.past, histories.values, items)
    future = _window(cuts, ends[cuts], +1, config.future, histories.values, items)
    return past, future


def _window(cuts: Ints, bounds: Ints, step: int, decay: float, values: Ints, items: int) -> sp.csr_matrix:
    """Rows of what lies before (step -1) or from (step +1) each cut on, weighted by its distance."""
    rows, columns, weights = [], [], []
    for distance in range(int(REACH * decay) + 1):
        place = cuts - 1 - distance if step < 0 else cuts + distance
        inside = np.flatnonzero(place >= bounds if step < 0 else place < bounds)
        if not len(inside):
            break
        rows.append(inside)
        columns.append(values[place[inside]])
        weights.append(np.full(len(inside), np.exp(-distance / decay), np.float32))
    if not rows:
        return sp.csr_matrix((len(cuts), items), dtype=np.float32)
    triple = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
    return sp.csr_matrix(triple, shape=(len(cuts), items))


def _exact(gram: sp.csr_matrix, cross: sp.csr_matrix, content: Floats, ridge: Floats, device: str) -> Floats:
    """G⁻¹ C is I + G⁻¹ (C - G), and what differs between the two is mostly zeros: the content is in both."""
    features = torch.from_numpy(content).to(device)
    dense = _dense(gram, device)
    dense.addmm_(features, features.T)
    dense.diagonal().add_(torch.from_numpy(ridge.astype(np.float32)).to(device))
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(dense))
    del dense
    weights = _product(inverse, cross - gram - sp.diags(ridge.astype(np.float32)))
    weights.diagonal().add_(1)
    multiplier = weights.diagonal() / inverse.diagonal()  # (N,) μ
    weights.sub_(inverse.mul_(multiplier))
    return weights.cpu().numpy()


def _product(symmetric: Tensor, matrix: sp.csr_matrix) -> Tensor:
    """(N, N) symmetric x (N, N), by its entries where a product of dense matrices would mostly add zeros."""
    if matrix.nnz > SPARSE * matrix.shape[0] ** 2:
        return symmetric @ _dense(matrix, symmetric.device)
    turned = matrix.T.tocsr()
    starts, columns, values = (torch.from_numpy(each) for each in (turned.indptr, turned.indices, turned.data))
    product = torch.empty(symmetric.shape, device=symmetric.device)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sparse CSR tensor support is in beta")
        sparse = torch.sparse_csr_tensor(
            starts, columns, values, turned.shape, device=symmetric.device, check_invariants=False
        )
        for start in range(0, len(symmetric), BLOCK):
            product[start : start + BLOCK] = (sparse @ symmetric[:, start : start + BLOCK].contiguous()).T
    return product


def _dense(matrix: sp.csr_matrix, device: str | torch.device) -> Tensor:
    return torch.from_numpy(matrix.toarray().astype(np.float32, copy=False)).to(device)
