"""A second shop: product models with other primary keys, and variants in a table of their own."""
