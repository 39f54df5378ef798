import json
import time
from dataclasses import fields
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mmrec_app import tasks
from mmrec_app.exceptions import MmrecError
from mmrec_app.management.teaching import TaughtCommand
from mmrec_app.models import Generation
from mmrec_app.offline.retrain import start_run
from mmrec_app.training.config import TrainingConfig

SETTINGS = [field.name for field in fields(TrainingConfig)]


class Command(TaughtCommand):
    help = (
        "Trains a new generation on the shop's events and content, judges it on held-out events and lets it serve if "
        "it does not lose to the active one. Here and now (needs the [worker] extra), or by a worker with --worker."
    )
    examples = (
        "mmrec_train",
        "mmrec_train --set epochs=4 --set fusion=concat",
        "mmrec_train --worker --wait",
    )
    then = "Next: mmrec_generation list compares it with the others, mmrec_generation rollback takes it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help=f"A setting of the training, its value in JSON; may be given often. There are: {', '.join(SETTINGS)}.",
        )
        parser.add_argument("--worker", action="store_true", help="Leave it to a worker.")
        parser.add_argument("--wait", action="store_true", help="With --worker: watch until it is done.")
        parser.add_argument("--resume", action="store_true", help="Start none; go on with one that waits.")

    epochs_told = 0

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not options["resume"]:
                started = start_run(dict(_setting(pair) for pair in options["set"]), started_by="command line")
                self.stdout.write(f"generation {started.number} is to be trained")
            generation = self._by_worker(options["wait"]) if options["worker"] else self._here()
        except MmrecError as error:
            raise CommandError(str(error)) from error
        if generation is not None:
            self._tell_result(generation)

    def _here(self) -> Generation:
        from mmrec_app.offline.learn import work

        generation = work(self._tell)
        if generation is None:
            raise CommandError("no training waits for a worker; start one without --resume.")
        tasks.hint_training()  # its figures wait for a worker now
        return generation

    def _by_worker(self, wait: bool) -> Generation | None:
        tasks.hint_training()
        generation = Generation.objects.filter(state=Generation.State.TRAINING).first()
        told = None
        while wait and generation is not None and generation.state == Generation.State.TRAINING:
            if generation.progress != told:
                self._tell(told := generation.progress)
            time.sleep(1)
            generation.refresh_from_db()
        return generation if wait else None

    def _tell(self, progress: dict[str, Any]) -> None:
        """Every epoch once, however seldom this is asked, then where the work stands."""
        log = progress.get("log", [])
        for epoch in log[self.epochs_told :]:
            losses = "".join(f"  {name} {value:.3f}" for name, value in epoch["losses"].items())
            taus = "".join(f"  τ({name}) {value:.3f}" for name, value in epoch["temperatures"].items())
            ndcg = f"  ndcg@10 {epoch['ndcg@10']:.4f}" if "ndcg@10" in epoch else ""
            self.stdout.write(f"epoch {epoch['epoch']}{losses}{taus}{ndcg}")
        self.epochs_told = max(self.epochs_told, len(log))
        line = progress.get("stage", "")
        if "step" in progress:
            line += f"  epoch {progress['epoch'] + 1}/{progress['epochs']}  step {progress['step']}/{progress['steps']}"
        if "encoded" in progress:
            line += f"  {progress['encoded']} encoded"
        if progress.get("left_s") is not None:
            line += f"  {progress['left_s']} s left"
        self.stdout.write(line)

    def _tell_result(self, generation: Generation) -> None:
        if generation.state == Generation.State.FAILED:
            raise CommandError(f"generation {generation.number} failed: {generation.why}")
        figures = {name: value for name, value in generation.metrics.items() if not isinstance(value, dict)}
        said = "  ".join(f"{name} {value}" for name, value in figures.items())
        self.stdout.write(f"generation {generation.number} is {generation.state}  {said}")
        if generation.why:
            self.stdout.write(generation.why)


def _setting(pair: str) -> tuple[str, Any]:
    name, _, value = pair.partition("=")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value
