"""The demo's settings, made quick and private for tests; `tests.plugin` has set the environment before."""

import os

os.environ.setdefault("SECRET_KEY", "for tests only")

from shop_demo.settings import *  # noqa: F403
from shop_demo.settings import DATABASES, INSTALLED_APPS, MMREC, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sites", "tests.goods"]
SITE_ID = 1
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

DATABASES["default"]["OPTIONS"].pop("pool", None)  # a pool would hold on to the test database when it is dropped
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE", "test_shop")}

# A worker of a test may have its leases shortened, so that a killed one's items are free again soon.
MMREC = MMREC | {
    key: int(os.environ[name])
    for key, name in (("LEASE_SECONDS", "MMREC_TEST_LEASE"), ("BATCH", "MMREC_TEST_BATCH"))
    if name in os.environ
}
