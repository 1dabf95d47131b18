"""History matching: its machinery on toy simulators, where the answer is known, and what the released set must be."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.batch.stop import StoppedError
from sim.calibrate import document, moments, result
from sim.calibrate.engine import PART, encode_part, read_part, run_waves
from sim.calibrate.priors import HIGH, LOW, NAMES, PRIORS, from_unit, to_unit
from sim.calibrate.waves import accept, departure, first_wave, next_wave
from sim.markers import filled
from sim.scenario.parameter_set import encode, load_set
from sim.validate import FACTS

TRUTH = np.array([0.30, 0.70])
DIMENSIONS = 4  # two that the moments depend on, two that they do not


class Toy:
    """Moments are the first two coordinates, measured with a spread of 0.02."""

    moments = 2

    def __init__(self, stop_after: int = 10**9) -> None:
        self.calls, self.stop_after, self.lock = 0, stop_after, threading.Lock()

    def evaluate(self, vector):
        with self.lock:
            self.calls += 1
            if self.calls > self.stop_after:
                raise KeyboardInterrupt
        return vector[:2].copy(), np.full(2, 0.02)


def toy_distance(mean, spread):
    return np.sqrt((((mean - TRUTH) / 0.05) ** 2).mean(axis=1))


def toy(folder, simulator=None, seed=3, sets=512, waves=3, workers=2):
    return run_waves(
        folder, simulator or Toy(), lambda x: x, toy_distance, DIMENSIONS, sets, waves, seed, workers
    )  # fmt: skip


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("part-*.npy"))}


def test_the_truth_is_found_in_what_the_moments_tell_and_the_prior_kept_in_what_they_do_not(tmp_path):
    done = toy(tmp_path)
    distance = toy_distance(done.mean, done.spread)
    chosen = accept(done.wave, distance, 3.0 * distance, 100, 3)
    points = done.wave.points[chosen]
    assert points[:, :2].mean(axis=0) == pytest.approx(TRUTH, abs=0.03)
    assert (points[:, :2].std(axis=0) < 0.1).all()
    assert done.wave.active.tolist() == [True, True, False, False]
    # uniform on what is not told: mean 1/2, standard deviation 1/sqrt(12), and far from nothing by Kolmogorov-Smirnov
    assert points[:, 2:].std(axis=0) == pytest.approx(12**-0.5, abs=0.05)
    assert (departure(points[:, 2:], np.full(100, 0.01)) < 0.2).all()


def test_weights_undo_what_the_proposal_prefers():
    """With nothing to learn from the weighted points are the prior, however lopsided the distance of wave 1 was."""
    wave = first_wave(2048, 2, 9)
    tilted = next_wave(wave, np.abs(wave.points[:, 0] - 0.4), 4096, 9, 2)
    assert tilted.active[0]
    mean = tilted.weights @ tilted.points[:, 1]
    assert mean == pytest.approx(0.5, abs=0.03)
    inside = (np.abs(tilted.points[:, 0] - 0.4) < 0.04) @ tilted.weights
    half = (np.abs(tilted.points[:, 0] - 0.4) < 0.02) @ tilted.weights
    assert half / inside == pytest.approx(0.5, abs=0.12)  # flat where the proposal is not


def test_the_same_seed_gives_the_same_bytes_whatever_the_number_of_workers(tmp_path):
    one, two = toy(tmp_path / "a", workers=1), toy(tmp_path / "b", workers=3)
    assert one.wave.points.tobytes() == two.wave.points.tobytes()
    assert one.mean.tobytes() == two.mean.tobytes()
    assert files(tmp_path / "a") == files(tmp_path / "b") != {}
    other = toy(tmp_path / "c", seed=4)
    assert other.wave.points.tobytes() != one.wave.points.tobytes()


def test_an_interrupted_calibration_goes_on_and_ends_in_the_same_bytes(tmp_path):
    whole = toy(tmp_path / "whole", workers=1)
    with pytest.raises((KeyboardInterrupt, StoppedError)):
        toy(tmp_path / "cut", Toy(stop_after=512 + 3 * PART + 7), workers=1)
    before = files(tmp_path / "cut")
    assert 0 < len(before) < len(files(tmp_path / "whole"))
    again = Toy()
    done = toy(tmp_path / "cut", again, workers=1)
    assert again.calls == 3 * 512 - len(before) * PART
    assert files(tmp_path / "cut") == files(tmp_path / "whole")
    assert done.wave.points.tobytes() == whole.wave.points.tobytes()


def test_a_part_that_is_damaged_or_of_other_vectors_is_computed_again(tmp_path):
    toy(tmp_path, workers=1, waves=1)
    path = tmp_path / "wave-1" / "part-0001.npy"
    good = path.read_bytes()
    path.write_bytes(good[:-3] + b"xyz")
    again = Toy()
    toy(tmp_path, again, workers=1, waves=1)
    assert again.calls == PART and path.read_bytes() == good
    vectors = np.ones((2, 3))
    body = encode_part(np.zeros((2, 2, 5)), vectors)
    path.write_bytes(body)
    assert read_part(path, vectors, 5) is not None
    assert read_part(path, vectors + 1.0, 5) is None


@given(st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_a_first_wave_fills_every_direction_evenly(seed):
    wave = first_wave(256, 5, seed)
    assert ((wave.points >= 0.0) & (wave.points < 1.0)).all()
    assert wave.weights.sum() == pytest.approx(1.0)
    for k in range(5):
        counts = np.histogram(wave.points[:, k], np.linspace(0.0, 1.0, 17))[0]
        assert (counts == 16).all()  # a scrambled net has as many points in every sixteenth


def test_accepted_sets_are_different_near_and_in_the_order_of_the_wave(tmp_path):
    done = toy(tmp_path)
    distance = toy_distance(done.mean, done.spread)
    chosen = accept(done.wave, distance, 2.0 * distance, 60, 1)
    assert len(set(chosen.tolist())) == 60 and (np.diff(chosen) > 0).all()
    assert distance[chosen].max() <= np.quantile(distance, 0.34) + 1e-9


def test_implausibility_counts_standard_errors_and_falls_with_what_is_unsure():
    target = np.array([[m.target for m in moments.MOMENTS]])
    one = np.array([[np.hypot(m.error, m.discrepancy) for m in moments.MOMENTS]])
    assert moments.implausibility(target, 0.0 * target, 8) == pytest.approx(0.0)
    assert moments.implausibility(target + one, 0.0 * target, 8) == pytest.approx(1.0)
    unsure = moments.implausibility(target + one, one, 8)
    assert unsure == pytest.approx(1.0 / np.sqrt(2.125))
    assert moments.distance(target + 2.0 * one, 0.0 * one, 8) == pytest.approx(2.0)


def test_what_is_fitted_is_marked_in_sample_and_what_is_out_of_sample_is_not_fitted():
    by_id = {fact.id: fact for fact in FACTS}
    for moment in moments.MOMENTS:
        assert by_id[moment.fact].in_sample and by_id[moment.fact].on == "backtest", moment.fact
        assert moment.error > 0 and moment.discrepancy > 0 and moment.why
    assert len({m.fact for m in moments.MOMENTS}) == len(moments.MOMENTS)


@given(st.lists(st.floats(0, 1), min_size=len(NAMES), max_size=len(NAMES)))
def test_points_become_values_within_their_priors_and_back(point):
    values = from_unit(np.array([point]))
    assert (values >= LOW - 1e-6).all() and (values <= HIGH + 1e-6 * np.abs(HIGH)).all()
    assert to_unit(values)[0] == pytest.approx(point, abs=1e-5)


def test_every_prior_is_within_the_limits_of_its_parameter_and_has_a_source():
    assert len(set(NAMES)) == len(PRIORS) >= 20
    assert all(prior.source for prior in PRIORS)


def test_a_verdict_on_a_parameter_follows_from_how_far_it_has_moved():
    assert result.verdict(1.0, 0.03) == "no"
    assert result.verdict(0.5, 0.05) == "yes" == result.verdict(1.0, 0.4)
    assert result.verdict(0.8, 0.05) == "weakly" == result.verdict(1.0, 0.2)


def test_the_released_set_is_large_within_the_priors_and_the_one_its_provenance_names():
    chosen = load_set()
    assert chosen is not None and set(chosen.names) == set(NAMES)
    assert len(chosen.vectors) >= 200 and len(np.unique(chosen.vectors, axis=0)) == len(chosen.vectors)
    priors = {prior.name: prior for prior in PRIORS}
    for k, name in enumerate(chosen.names):
        inside = (chosen.vectors[:, k] >= priors[name].low) & (chosen.vectors[:, k] <= priors[name].high)
        assert inside.all(), name
    about = chosen.about
    assert about["status"].startswith("calibrated") and "official" in about["status"]
    assert {"seed", "rules", "date", "moments", "parameters", "reproduce"} <= set(about)
    told = {row["name"]: row["identified"] for row in about["parameters"]}
    assert set(told.values()) >= {"yes", "no"}
    assert encode(chosen.names, chosen.vectors).decode().count("\n") == len(chosen.vectors) + 1


def test_the_document_shows_the_released_set():
    text = document.DOCUMENT.read_text(encoding="utf-8")
    assert filled(text, document.TABLES) == text, "run python -m sim.calibrate.document"
