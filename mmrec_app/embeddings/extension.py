"""Creates pgvector's extension where it is missing."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, transaction


def create_vector_extension(apps: Any, schema_editor: Any) -> None:
    """Looks first: creating takes rights that a shop's database user often lacks, an extension that is there none."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'vector'")
        if cursor.fetchone():
            return
        try:
            with transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION vector")
        except ProgrammingError as error:
            raise ImproperlyConfigured(
                f"pgvector's extension is missing in database {connection.settings_dict['NAME']!r} and cannot be "
                f"created ({error}). Let a superuser run there: CREATE EXTENSION vector;"
            ) from error
