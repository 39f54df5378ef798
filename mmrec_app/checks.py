"""System checks: what is wrong with an installation, by number, with what to do about it."""

from typing import Any

from django.apps import apps
from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, router

from mmrec_app.catalogue import catalogues
from mmrec_app.conf import conf
from mmrec_app.encoders.spec import EncoderSpec, known_dimension
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation, Item, ModalityVector
from mmrec_app.recommend.placements import list_of
from mmrec_app.training.config import TrainingConfig

PGVECTOR_MINIMUM = (0, 8, 4)
"""Earlier ones could corrupt an HNSW index under concurrent insert and vacuum."""


# A superuser may; anybody who may create in the database may too, where the server's owner calls pgvector trusted.
MAY_CREATE = """
SELECT role.rolsuper OR (
    has_database_privilege(current_user, current_database(), 'CREATE')
    AND EXISTS (SELECT FROM pg_available_extension_versions WHERE name = 'vector' AND trusted)
)
FROM pg_roles AS role WHERE role.rolname = current_user
"""


@register()
def check_settings(**_: Any) -> list[CheckMessage]:
    try:
        conf()
    except (ImproperlyConfigured, TypeError, ValueError) as error:
        return [
            Error(str(error), hint="Correct MMREC in the settings; docs/install.md lists its keys.", id="mmrec.E001")
        ]
    return []


@register()
def check_postgres_app(**_: Any) -> list[CheckMessage]:
    if apps.is_installed("django.contrib.postgres"):
        return []
    hint = "Add 'django.contrib.postgres' to INSTALLED_APPS; without it `migrate` fails at an index."
    return [Error("'django.contrib.postgres' is not among the installed apps.", hint=hint, id="mmrec.E008")]


@register()
def check_training(**_: Any) -> list[CheckMessage]:
    """What a training would otherwise find out at night."""
    if check_settings():
        return []
    try:
        TrainingConfig.from_dict(dict(conf().training))
    except (TypeError, ValueError) as error:
        hint = "Correct it; the settings are the fields of mmrec_app.training.config.TrainingConfig."
        return [Error(f"MMREC['TRAINING']: {error}", hint=hint, id="mmrec.E009")]
    return []


@register()
def check_catalogue(**_: Any) -> list[CheckMessage]:
    if check_settings():
        return []
    try:
        if catalogues():
            return []
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/adapter.md shows a whole one in ten lines.", id="mmrec.E002")]
    except Exception as error:  # an adapter's module may raise anything while it is imported
        return [Error(f"MMREC['CATALOGUE'] fails to load: {error!r}", hint="Import it in a shell.", id="mmrec.E002")]
    hint = "Subclass mmrec_app.catalogue.Catalogue and name it: MMREC = {'CATALOGUE': ['shop.catalogue.Products']}."
    return [Warning("MMREC['CATALOGUE'] names no catalogue, so nothing is recommended.", hint=hint, id="mmrec.W001")]


@register()
def check_placements(**_: Any) -> list[CheckMessage]:
    if check_settings():
        return []
    try:
        for name in conf().placements:
            list_of(name)
    except MmrecError as error:
        return [
            Error(
                f"MMREC['PLACEMENTS']: {error}", hint="docs/placements.md lists what may stand there.", id="mmrec.E007"
            )
        ]
    return []


@register(Tags.database)
def check_pgvector(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Runs with `check --database`, and before `migrate`."""
    alias = router.db_for_write(Item)
    if databases is None or alias not in databases:
        return []
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
            installed = cursor.fetchone()
            cursor.execute("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'")
            offered = cursor.fetchone()
            cursor.execute(MAY_CREATE)
            may_create = bool(cursor.fetchone()[0])
    except DatabaseError:
        return []  # Django's own checks say that a database cannot be reached
    return _pgvector(installed and installed[0], offered and offered[0], may_create)


def _pgvector(installed: str | None, offered: str | None, may_create: bool) -> list[CheckMessage]:
    if installed is None and offered is None:
        hint = "Install pgvector 0.8.4 or newer on the database server (docs/install.md)."
        return [Error("This PostgreSQL has no pgvector.", hint=hint, id="mmrec.E003")]
    if installed is None and not may_create:
        hint = "Let a superuser run, in this database: CREATE EXTENSION vector;"
        return [Error("pgvector is not created here, and this user may not create it.", hint=hint, id="mmrec.E004")]
    version = tuple(int(part) for part in (installed or offered or "0").split(".")[:3])
    if version < PGVECTOR_MINIMUM:
        hint = "Install 0.8.4 or newer on the server, then: ALTER EXTENSION vector UPDATE;"
        message = f"pgvector is {installed or offered}; before 0.8.4 an index could be corrupted under load."
        return [Warning(message, hint=hint, id="mmrec.W002")]
    return []


@register(Tags.database)
def check_encoders(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """What is stored must have been made with the encoders that are configured."""
    if databases is None or router.db_for_read(Generation) not in databases or check_settings():
        return []
    try:
        active = Generation.objects.filter(state=Generation.State.ACTIVE).first()
        stored = _stored_encoders()
    except DatabaseError:
        return []  # not migrated yet
    fitted = active.config.get("encoders", []) if active is not None else []
    found = [_encoder(spec, stored.get(spec.modality, {}), fitted) for spec in conf().encoders]
    return [message for message in found if message is not None]


def _stored_encoders() -> dict[str, dict[str, int]]:
    """Modality -> encoder -> length of its vectors, hopping from one encoder to the next on the index."""
    found: dict[str, dict[str, int]] = {}
    rows = ModalityVector.objects.filter(view=0).order_by("encoder")
    row = rows.first()
    while row is not None:
        found.setdefault(row.modality, {})[row.encoder] = len(row.vector)
        row = rows.filter(encoder__gt=row.encoder).first()
    return found


def _encoder(spec: EncoderSpec, stored: dict[str, int], fitted: list[str]) -> CheckMessage | None:
    known = known_dimension(spec)
    if known is not None and stored.get(spec.identity, known) != known:
        return Error(
            f"MMREC['ENCODERS'][{spec.modality!r}] = {spec.model!r} makes vectors of {known} dimensions; those stored "
            f"under its name have {stored[spec.identity]}.",
            hint="Give the changed model a folder or revision of its own, then: manage.py mmrec_sync --encode-again.",
            id="mmrec.E006",
        )
    earlier = [identity for identity in stored if identity != spec.identity]
    if earlier and spec.identity not in (fitted or stored):
        was = ", ".join(f"{identity} ({stored[identity]} dimensions)" for identity in earlier)
        return Warning(
            f"The {spec.modality} vectors were made with {was}; MMREC['ENCODERS'] now names {spec.identity} "
            f"({known or 'unknown'} dimensions).",
            hint="Run manage.py mmrec_sync --encode-again, then mmrec_encode and mmrec_fit; until then lists are old.",
            id="mmrec.W003",
        )
    return None


@register(Tags.security, deploy=True)
def check_broker(**_: Any) -> list[CheckMessage]:
    """Whether the broker answers; only with `check --deploy`."""
    from celery import current_app

    try:
        with current_app.connection_for_write(connect_timeout=2) as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
    except Exception as error:  # every transport has exceptions of its own
        hint = f"Start the broker, or correct CELERY_BROKER_URL ({_without_password()})."
        return [Error(f"The Celery broker cannot be reached: {error}", hint=hint, id="mmrec.E005")]
    return []


def _without_password() -> str:
    url = str(getattr(django_settings, "CELERY_BROKER_URL", "not set"))
    return url.split("@")[-1]
