"""Recommendation quality of this project's models and of their peers, on any folder of data."""
