"""Any Hugging Face audio model, or the bundled one (Eq. 1 for sound)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from scipy.io import wavfile
from scipy.signal import resample_poly
from torch import Tensor

from mmrec_app.encoders.containers import opened
from mmrec_app.encoders.sound import RATE, SoundNet, features
from mmrec_app.encoders.spec import AISFX, EncoderSpec
from mmrec_app.encoders.torching import as_unit_rows, device_of, precision, tensor_of
from mmrec_app.exceptions import MediaRefused
from mmrec_app.types import Vector

SECONDS = 60
"""What is heard of a sound: its beginning."""
WINDOW_SECONDS = 10
"""What a transformer hears at once; its cost grows with the square."""


@dataclass(frozen=True)
class Sound:
    """One channel, in -1…1, at `rate` samples a second."""

    wave: NDArray[np.float32]
    rate: int

    def at(self, rate: int) -> NDArray[np.float32]:
        common = gcd(self.rate, rate)
        if rate == self.rate:
            return self.wave
        return resample_poly(self.wave, rate // common, self.rate // common).astype(np.float32)


def read_sound(data: bytes) -> Sound:
    """A WAV file, or with the package av whatever ffmpeg reads. Raises `MediaRefused` saying why not."""
    try:
        sound = _wav(data) if data[:4] in {b"RIFF", b"RIFX"} and data[8:12] == b"WAVE" else _container(data)
    except MediaRefused:
        raise
    except Exception as error:  # decoders raise whatever they like on damaged data
        raise MediaRefused(f"sound cannot be read ({error}); upload it again as WAV, FLAC, OGG or MP3.") from error
    if not len(sound.wave) or not np.isfinite(sound.wave).all():
        raise MediaRefused("sound is empty or damaged; upload it again as WAV, FLAC, OGG or MP3.")
    return sound


def _wav(data: bytes) -> Sound:
    rate, samples = wavfile.read(io.BytesIO(data))
    samples = samples[: SECONDS * rate]
    if samples.dtype.kind in "iu":
        middle = 128 if samples.dtype == np.uint8 else 0
        samples = (samples.astype(np.float32) - middle) / (128 if middle else -float(np.iinfo(samples.dtype).min))
    return Sound(samples.astype(np.float32).reshape(len(samples), -1).mean(axis=1), rate)


def _container(data: bytes) -> Sound:
    with opened(data, "sound") as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None:
            raise MediaRefused("there is no sound in this file; upload another one.")
        parts, length = [], 0
        for frame in container.decode(stream):
            parts.append(_mono(frame.to_ndarray(), frame))
            length += len(parts[-1])
            if length >= SECONDS * stream.rate:
                break
        return Sound(np.concatenate(parts or [np.zeros(0, np.float32)])[: SECONDS * stream.rate], stream.rate)


def _mono(samples: NDArray[Any], frame: Any) -> NDArray[np.float32]:
    """A frame's channels lie one under the other, or (packed) one after the other."""
    scale = 1.0 if samples.dtype.kind == "f" else float(np.iinfo(samples.dtype).max)
    channels = samples if frame.format.is_planar else samples.reshape(-1, frame.layout.nb_channels).T
    return (channels.astype(np.float32) / scale).mean(axis=0)


class AudioEncoder:
    """A sound is heard in windows; the mean over them is its vector."""

    def __init__(self, spec: EncoderSpec, source: str, device: str = "auto", dtype: str = "auto") -> None:
        self.spec, self.identity, self.dtype = spec, spec.identity, dtype
        self.device = device_of(device)
        self.bundled = spec.model == AISFX
        if self.bundled:
            self.model: Any = SoundNet()
            self.model.load_state_dict(load_file(Path(source) / "model.safetensors"))
        else:
            self.rate = self._load(source)
        self.model = self.model.to(self.device).eval()
        self.dimension = self.encode([Sound(np.zeros(RATE, np.float32), RATE)]).shape[1]

    def _load(self, source: str) -> int:
        from transformers import AutoFeatureExtractor, AutoModel

        told = {"trust_remote_code": False} | ({"revision": self.spec.revision} if self.spec.revision else {})
        self.extractor = AutoFeatureExtractor.from_pretrained(source, **told)
        model = AutoModel.from_pretrained(source, use_safetensors=True, **told)
        self.model = model.get_encoder() if getattr(model.config, "is_encoder_decoder", False) else model
        return self.extractor.sampling_rate

    @torch.inference_mode()
    def encode(self, inputs: Sequence[Sound]) -> Vector:
        if not inputs:
            return np.zeros((0, self.dimension), np.float32)
        with precision(self.device, self.dtype):
            return as_unit_rows(torch.stack([self._features(sound) for sound in inputs]))

    def _features(self, sound: Sound) -> Tensor:
        if self.bundled:
            return features(self.model, sound.at(RATE), self.device)
        wave, size = sound.at(self.rate), WINDOW_SECONDS * self.rate
        starts = range(0, max(len(wave) - size // 10, 1), size)  # a rest of less than a second tells nothing
        return torch.stack([self._window(wave[start : start + size]) for start in starts]).mean(dim=0)

    def _window(self, wave: NDArray[np.float32]) -> Tensor:
        least = self.rate // 10  # less than a convolution's receptive field is no input
        given = self.extractor(
            np.pad(wave, (0, max(least - len(wave), 0))), sampling_rate=self.rate, return_tensors="pt"
        ).to(self.device)
        if hasattr(self.model, "get_audio_features"):
            return tensor_of(self.model.get_audio_features(**given))[0].float()
        output = self.model(**given)
        if self.spec.pooled == "pooler":
            return output.pooler_output[0].float()
        states = output.last_hidden_state[0]
        return (states[0] if self.spec.pooled == "cls" else states.mean(dim=0)).float()
