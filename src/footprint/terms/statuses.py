"""How a figure came to be: published by somebody, derived by arithmetic, or assumed."""

from typing import Literal

Status = Literal["published", "derived", "assumed"]
STATUSES: tuple[Status, ...] = ("published", "derived", "assumed")
