"""`make demo`: the whole shop on this machine, from an empty folder to its address, and nothing left running after."""


class DemoError(Exception):
    """What ends the demo with a message instead of a traceback."""
