"""The linear model of catalogues whose dense inverse does not fit: the same equations, an item at a time.

Column j is solved on the items most tied to it alone, a (S, S) block, batched (after Steck's sparse approximation of
Markov random fields, NeurIPS 2019).
"""

import numpy as np
import scipy.sparse as sp
import torch

from mmrec_app.training.data import Floats, Ints


def solve_sparse(
    gram: sp.csr_matrix,
    cross: sp.csr_matrix,
    content: Floats,
    ridge: Floats,
    candidates: int,
    neighbours: int,
    device: str,
) -> sp.csr_matrix:
    """B (N, N) of `linear`, column by column; a column draws on `candidates` items and keeps twice `neighbours`."""
    items = gram.shape[0]
    size = min(candidates, items)
    rows, columns, values = [], [], []
    for start in range(0, items, 256):
        block = np.arange(start, min(start + 256, items))
        chosen = _candidates(cross, content, block, size)  # (b, S), the column's own item first
        solved = _solve(gram, cross, content, chosen, ridge, device)  # (b, S)
        keep = np.argsort(-solved, axis=1)[:, : neighbours * 2]
        rows.append(np.take_along_axis(chosen, keep, axis=1).ravel())
        columns.append(np.repeat(block, keep.shape[1]))
        values.append(np.take_along_axis(solved, keep, axis=1).ravel())
    triple = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    made = sp.csr_matrix(triple, shape=(items, items), dtype=np.float32)
    made.setdiag(0)
    made.eliminate_zeros()
    return made


def _candidates(cross: sp.csr_matrix, content: Floats, block: Ints, size: int) -> Ints:
    ties = cross[:, block].T.toarray()
    if content.shape[1]:
        ties = ties + content[block] @ content.T
    ties[np.arange(len(block)), block] = np.inf
    chosen = np.argpartition(-ties, size - 1, axis=1)[:, :size]
    own = np.argmax(chosen == block[:, None], axis=1)
    chosen[np.arange(len(block)), own] = chosen[:, 0]
    chosen[:, 0] = block
    return chosen


def _solve(
    gram: sp.csr_matrix, cross: sp.csr_matrix, content: Floats, chosen: Ints, ridge: Floats, device: str
) -> Floats:
    picked = torch.from_numpy(content[chosen]).to(device)  # (b, S, d)
    ties = picked @ picked.transpose(1, 2)
    blocks = np.stack([gram[members][:, members].toarray() for members in chosen]).astype(np.float32)
    system = torch.from_numpy(blocks).to(device) + ties
    system.diagonal(dim1=1, dim2=2).add_(torch.from_numpy(ridge[chosen].astype(np.float32)).to(device))
    aims = np.stack([cross[members][:, members[:1]].toarray().ravel() for members in chosen]).astype(np.float32)
    aim = torch.from_numpy(aims).to(device) + ties[:, :, 0]
    own = torch.zeros_like(aim)
    own[:, 0] = 1
    found = torch.cholesky_solve(torch.stack([aim, own], dim=2), torch.linalg.cholesky(system))  # (b, S, 2)
    weights, inverse = found.unbind(2)
    multiplier = weights[:, :1] / inverse[:, :1]
    return (weights - inverse * multiplier).cpu().numpy()
