"""The walk of a product: claimed, read, encoded, stored and placed; and the making of generations."""
