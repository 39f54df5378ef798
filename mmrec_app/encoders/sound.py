"""The bundled audio encoder: sound effects by a small convolutional network (Ma and Lerch, ISMIR 2022).

Its weights come with the package `aisfx` (CC BY 4.0: Alison B. Ma and Alexander Lerch); they were trained on log-mel
spectrograms of 44.1 kHz sound, which are made here.
"""

from functools import lru_cache

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

RATE = 44_100
WINDOW, HOP, BANDS = 2048, 1024, 96
BLOCK = 100
"""Frames that the network looks at together: 2.3 seconds."""
LOUDEST = 9.457798957824707
"""What the training's spectrograms were divided by."""
WIDTHS = (64, 128, 256, 512)


class ConvBlock(nn.Module):
    def __init__(self, given: int, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(given, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))


class SoundNet(nn.Module):
    """(B, T, BANDS) -> (B, 512): four blocks, pooled over bands by the mean and over time by the maximum."""

    def __init__(self) -> None:
        super().__init__()
        for number, (given, width) in enumerate(zip((1, *WIDTHS), WIDTHS, strict=False), 1):
            setattr(self, f"conv_block{number}", ConvBlock(given, width))

    def forward(self, spectra: Tensor) -> Tensor:
        x = spectra.unsqueeze(1)
        for number in range(1, len(WIDTHS) + 1):
            x = getattr(self, f"conv_block{number}")(x)
            x = F.max_pool2d(x, 2) if number < len(WIDTHS) else x
        return x.mean(dim=3).amax(dim=2)


def log_mel(wave: NDArray[np.float32]) -> NDArray[np.float32]:
    """(T, BANDS) of mono sound at `RATE`; the first frame is centred on its beginning."""
    padded = np.pad(wave, (WINDOW // 2, WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: len(wave) + HOP : HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(WINDOW), axis=1)) ** 2
    return (np.log10(1 + 1e4 * (power @ _filters().T)) / LOUDEST).astype(np.float32)


def blocks(wave: NDArray[np.float32]) -> NDArray[np.float32]:
    """(N, BLOCK, BANDS) that overlap by half; the last is filled up with silence."""
    spectra = log_mel(wave)
    count = max(int(np.ceil((len(spectra) - BLOCK) / (BLOCK // 2))) + 1, 1)
    spectra = np.pad(spectra, ((0, BLOCK // 2 * (count - 1) + BLOCK - len(spectra)), (0, 0)))
    return np.lib.stride_tricks.sliding_window_view(spectra, BLOCK, axis=0)[:: BLOCK // 2].transpose(0, 2, 1).copy()


@lru_cache(maxsize=1)
def _filters() -> NDArray[np.float64]:
    """(BANDS, F) triangles on the mel scale, each of sum one."""

    def mel(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
        return 1127.01048 * np.log1p(hertz / 700)

    bins = mel(np.linspace(0, RATE / 2, WINDOW // 2 + 1))
    edges = np.linspace(0, mel(np.array(RATE / 2)), BANDS + 2)
    step = edges[1] - edges[0]
    triangles = np.clip(1 - np.abs(bins[None] - edges[1:-1, None]) / step, 0, None)
    return triangles / np.maximum(triangles.sum(axis=1, keepdims=True), 1e-12)


@torch.inference_mode()
def features(net: SoundNet, wave: NDArray[np.float32], device: torch.device) -> Tensor:
    """(512,): the mean over a sound's blocks."""
    return net(torch.from_numpy(blocks(wave)).to(device)).mean(dim=0)
