import numpy as np
import pytest

from mmrec_app.augmentation import audio

RATE = 16_000


def sine(hertz: float, seconds: float = 2.0) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(round(RATE * seconds)) / RATE).astype(np.float32)


def hertz_of(wave: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave))))
    return int(spectrum.argmax()) * RATE / len(wave)


@pytest.mark.parametrize("rate", [0.5, 0.8, 1.25, 2.0])
def test_a_stretch_changes_the_length_and_not_the_pitch(rate):
    made = audio.stretched(sine(440), rate)
    assert len(made) == round(2 * RATE / rate) and hertz_of(made) == pytest.approx(440, abs=1.5)
    assert 0.7 < made[4000:-4000].std() / sine(440).std() < 1.1  # as loud


@pytest.mark.parametrize("semitones", [-12, -5, 3, 7])
def test_a_shift_changes_the_pitch_by_semitones_and_not_the_length(semitones):
    made = audio.shifted(sine(440), semitones)
    assert len(made) == 2 * RATE and hertz_of(made) == pytest.approx(440 * 2 ** (semitones / 12), rel=0.005)


@pytest.mark.parametrize("snr", [0, 10, 30])
def test_noise_is_so_many_decibels_below(snr):
    wave = sine(440)
    made = audio.with_noise(wave, np.random.default_rng(0), snr) - wave
    assert 10 * np.log10(np.mean(wave**2) / np.mean(made**2)) == pytest.approx(snr, abs=0.2)
    assert not audio.with_noise(np.zeros(99, np.float32), np.random.default_rng(0), 10).any()


def test_a_waveform_is_another_one_for_each_seed_and_the_same_for_the_same():
    wave = sine(440, 0.5)
    made = [audio.waveform(wave, np.random.default_rng(seed)) for seed in (0, 0, 1)]
    np.testing.assert_array_equal(made[0], made[1])
    assert len(made[0]) != len(made[2]) and made[0].dtype == np.float32
    np.testing.assert_array_equal(wave, sine(440, 0.5))
    assert len(audio.waveform(np.ones(3, np.float32), np.random.default_rng(0))) in {3, 4}
