"""`python -m mmrec_app.training DIR [--set NAME=VALUE …]`: trains on a saved `TrainingSet`, on any machine.

DIR holds `training_set.safetensors` and `.json`; the artefacts are written to DIR/run. Under torchrun every process
trains on its share of the batches: `torchrun --nproc-per-node 2 -m mmrec_app.training DIR`. Started again after a kill,
it goes on from the last epoch.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from mmrec_app.training.config import TrainingConfig
from mmrec_app.training.data import TrainingSet
from mmrec_app.training.fit import fit
from mmrec_app.training.loop import train


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m mmrec_app.training", description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="A setting, its value in JSON."
    )
    parser.add_argument("--config", type=Path, help="A JSON file of settings.")
    parser.add_argument("--run-folder", type=Path, help="Where to write; by default DIR/run.")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N")
    given = parser.parse_args(arguments)
    try:
        config = TrainingConfig.from_dict(_settings(given.config, given.set))
        data = TrainingSet.load(given.folder)
    except (ValueError, OSError) as error:
        parser.error(str(error))
    run = given.run_folder or given.folder / "run"
    if int(os.environ.get("RANK", 0)):  # only the first of several processes does what comes after the training
        train(data, config, run, device=given.device)
    else:
        run.mkdir(parents=True, exist_ok=True)
        fit(data, config, run, Told(run / "progress.json"), given.device)
    return 0


def _settings(path: Path | None, pairs: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text()) if path else {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        try:
            found[name] = json.loads(value)
        except json.JSONDecodeError:
            found[name] = value
    return found


class Told:
    """Progress on the terminal and in a file that others may watch."""

    def __init__(self, path: Path) -> None:
        self.path, self.began = path, time.monotonic()
        self.found: float | None = None
        """Epochs that were done when this process began to tell."""

    def __call__(self, report: dict[str, Any]) -> None:
        told = report | {"left_s": self._left(report), "at": time.time()}
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(told))
        os.replace(fresh, self.path)
        if "losses" in report:
            losses = " ".join(f"{name} {value:.3f}" for name, value in report["losses"].items())
            taus = " ".join(f"τ({name}) {value:.3f}" for name, value in report["temperatures"].items())
            ndcg = f"ndcg@10 {report['ndcg@10']:.4f}" if "ndcg@10" in report else ""
            print(
                f"epoch {report['epoch']}/{report['epochs']}  {losses}  {taus}  {ndcg}  {told['left_s']} s left",
                flush=True,
            )
        elif "stage" in report:
            print(report["stage"], flush=True)

    def _left(self, report: dict[str, Any]) -> int | None:
        """Seconds until the last epoch, at the pace of this process, which may have gone on from another's epochs; None
        before there is a pace."""
        if "epochs" not in report:
            return None
        done = report["epoch"] + report.get("step", 0) / max(report.get("steps", 1), 1)
        self.found = done if self.found is None else self.found
        mine = done - self.found
        return round((time.monotonic() - self.began) * (report["epochs"] - done) / mine) if mine > 0.02 else None


if __name__ == "__main__":
    sys.exit(main())
