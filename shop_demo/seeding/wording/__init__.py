"""The sentences descriptions are composed of."""
