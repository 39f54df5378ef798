"""Postgres with pgvector, and Valkey, from installed wheels, for the demo and the tests: nothing to configure."""

from shop_demo.servers.both import Urls, running, stop

__all__ = ["Urls", "running", "stop"]
