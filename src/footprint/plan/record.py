"""What every part of a plan has in common: frozen, nothing unknown, a sentence a field."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# The short name by which one part of a plan refers to another.
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]


class Record(BaseModel):
    """A part of a plan. It never changes: a change is a new record."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
