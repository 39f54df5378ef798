"""Loads a folder of items, pictures and interactions (docs/data.md) into the shop."""
