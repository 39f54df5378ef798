"""What the lists bring: what was seen, what it led to, and experiments on both."""
