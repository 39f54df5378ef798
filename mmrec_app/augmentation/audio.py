"""Noise, time stretch and pitch shift of a mono waveform (Eq. 17), on scipy's primitives."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.signal import get_window, resample

Wave = NDArray[np.float32]

WINDOW = 2048
HOP = WINDOW // 4


def with_noise(wave: Wave, rng: np.random.Generator, snr_db: float) -> Wave:
    """White noise of a power `snr_db` decibels below the wave's; silence stays silent."""
    power = float(np.mean(wave.astype(np.float64) ** 2)) / 10 ** (snr_db / 10)
    return (wave + rng.normal(0, np.sqrt(power), len(wave))).astype(np.float32)


def stretched(wave: Wave, rate: float) -> Wave:
    """`rate` times as fast at the same pitch, by a phase vocoder (Flanagan and Golden 1966): spectra are read at `rate`
    times the pace, and each bin's phase goes on turning as fast as it did."""
    length = round(len(wave) / rate)
    spectra = _spectra(wave)  # (T, F)
    at = np.arange(0, len(spectra) - 1, rate)
    before, after = spectra[at.astype(int)], spectra[at.astype(int) + 1]
    share = (at % 1)[:, None]
    size = (1 - share) * np.abs(before) + share * np.abs(after)
    turn = np.angle(after) - np.angle(before)  # in one hop, which is what one step writes
    phase = np.angle(spectra[0]) + np.concatenate([np.zeros((1, turn.shape[1])), np.cumsum(turn[:-1], axis=0)])
    return _wave(size * np.exp(1j * phase), length)


def shifted(wave: Wave, semitones: float) -> Wave:
    """As long as before, higher by `semitones`: stretched, then played faster."""
    rate = 2.0 ** (semitones / 12)
    return resample(stretched(wave, 1 / rate), len(wave)).astype(np.float32)


def noise(wave: Wave, rng: np.random.Generator, snr_db: tuple[float, float] = (10, 30)) -> Wave:
    return with_noise(wave, rng, rng.uniform(*snr_db))


def time_stretch(wave: Wave, rng: np.random.Generator, rate: tuple[float, float] = (0.85, 1.18)) -> Wave:
    return stretched(wave, float(np.exp(rng.uniform(*np.log(rate)))))


def pitch_shift(wave: Wave, rng: np.random.Generator, semitones: float = 2.0) -> Wave:
    return shifted(wave, rng.uniform(-semitones, semitones))


STEPS: tuple[Callable[[Wave, np.random.Generator], Wave], ...] = (time_stretch, pitch_shift, noise)


def waveform(given: Wave, rng: np.random.Generator) -> Wave:
    """One wave through all steps; the given one stays as it is."""
    for step in STEPS:
        given = step(given, rng)
    return given


def _spectra(wave: Wave) -> NDArray[np.complex128]:
    """(T, F) of overlapping windows; half a window of silence stands before and after."""
    padded = np.pad(wave.astype(np.float64), (WINDOW // 2, WINDOW // 2 + (-len(wave)) % HOP + HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    return np.fft.rfft(frames * get_window("hann", WINDOW), axis=1)


def _wave(spectra: NDArray[np.complex128], length: int) -> Wave:
    window = get_window("hann", WINDOW)
    frames = np.fft.irfft(spectra, WINDOW, axis=1) * window
    total = np.zeros(HOP * (len(frames) - 1) + WINDOW)
    weight = np.full_like(total, 1e-9)
    for number, frame in enumerate(frames):
        total[number * HOP : number * HOP + WINDOW] += frame
        weight[number * HOP : number * HOP + WINDOW] += window**2
    made = np.where(weight > 1e-3, total / weight, 0)[WINDOW // 2 :][:length]
    return np.pad(made, (0, length - len(made))).astype(np.float32)
