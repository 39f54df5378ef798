"""Lists for storefronts on other hosts: a public key opens the door to its origins, a signed token says who asks."""

from mmrec_app.headless.tokens import visitor_token

__all__ = ["visitor_token"]
