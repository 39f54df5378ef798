"""docker-compose.yml without an engine: it follows the compose specification, and says what production needs."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text())
"""The compose specification's own schema, as a published package carries it."""

TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
LASTING = ["postgres", "valkey", "web", "worker", "worker-gpu", "beat"]
OURS = ["migrate", "web", "worker", "worker-gpu", "beat"]


def targets() -> dict[str, str]:
    """Of the Dockerfile: what each stage says."""
    stages = re.split(r"^FROM ", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)[1:]
    return {stage.splitlines()[0].split(" AS ")[1]: stage for stage in stages}


def test_it_follows_the_specification() -> None:
    jsonschema.validate(COMPOSE, SCHEMA)


def test_the_schema_would_notice_a_mistake() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"services": {"web": {"image": "shop", "shmsize": "1gb"}}}, SCHEMA)


def test_all_parts_are_there() -> None:
    assert sorted(SERVICES) == sorted([*LASTING, "migrate"])


def test_postgres_brings_pgvector_and_room_for_index_builds() -> None:
    version = re.fullmatch(r"pgvector/pgvector:(\d+)\.(\d+)\.(\d+)-pg\d+", SERVICES["postgres"]["image"])
    assert version and tuple(map(int, version.groups())) >= (0, 8, 4)
    settings = dict(each.split("=") for each in SERVICES["postgres"]["command"] if "=" in each)
    shared = int(SERVICES["postgres"]["shm_size"].removesuffix("gb")) * 1024
    assert shared >= int(settings["maintenance_work_mem"].removesuffix("MB"))


def test_the_broker_keeps_its_tasks() -> None:
    command = " ".join(SERVICES["valkey"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command
    assert "--requirepass" in command


@pytest.mark.parametrize("name", LASTING)
def test_every_lasting_service_is_watched_and_restarted(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    if "healthcheck" in service:
        assert service["healthcheck"]["test"]
    else:  # the image's own
        assert "HEALTHCHECK" in targets()[service["build"]["target"]]


@pytest.mark.parametrize("name", ["web", "worker", "worker-gpu", "beat"])
def test_nothing_starts_before_the_schema_is_there(name: str) -> None:
    assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", ["POSTGRES_PASSWORD", "VALKEY_PASSWORD", "SECRET_KEY"])
def test_a_secret_comes_from_the_environment_or_stops_the_start(name: str) -> None:
    used = re.findall(r"\$\{" + name + r"([^}]*)\}", TEXT)
    assert used and all(each.startswith(":?") and len(each) > 10 for each in used)
    assert re.search(rf"^{name}=$", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)


def test_only_the_web_can_be_reached_and_only_from_this_machine() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]
    assert SERVICES["web"]["ports"] == ["${WEB_ADDRESS:-127.0.0.1:8000}:8000"]


def test_data_lies_in_named_volumes() -> None:
    for name, service in SERVICES.items():
        for mount in service.get("volumes", []):
            assert mount.split(":")[0] in COMPOSE["volumes"], f"{name} mounts {mount}"
    assert "postgres:/var/lib/postgresql" in SERVICES["postgres"]["volumes"]
    assert "media:/var/shop/media" in SERVICES["worker"]["volumes"]


def test_the_gpu_worker_starts_only_when_asked_for() -> None:
    gpu = SERVICES["worker-gpu"]
    assert gpu["profiles"] == ["gpu"]
    devices = gpu["deploy"]["resources"]["reservations"]["devices"]
    assert devices[0]["capabilities"] == ["gpu"]
    assert not any("profiles" in SERVICES[name] for name in SERVICES if name != "worker-gpu")


@pytest.mark.parametrize("name", OURS)
def test_what_we_run_is_unprivileged(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    stage = targets()[SERVICES[name]["build"]["target"]]
    assert re.findall(r"^USER (\w+)", stage, flags=re.MULTILINE)[-1] == "shop"


def test_the_web_image_installs_no_torch() -> None:
    assert SERVICES["web"]["build"]["target"] == "web"
    assert "torch" not in targets()["web"]
    lines = (ROOT / "requirements-web.txt").read_text().splitlines()
    assert not [line for line in lines if not line.startswith("#") and re.match("torch|transformers", line)]


def test_the_image_copies_what_the_build_context_lets_through() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?:--\S+ )?(\S+) ", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert set(copied) == allowed
    assert all((ROOT / name).exists() for name in allowed)


def test_the_worker_listens_to_the_encoding_queue() -> None:
    from mmrec_app.tasks import QUEUE

    assert f"celery,{QUEUE}" in targets()["worker"]
