"""What every part of an answer has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer

# Four decimals of GBP m are GBP 100; of a share, a hundredth of a percent. Finer digits would
# claim what no input knows.
Rounded = Annotated[float, PlainSerializer(lambda value: round(value, 4), return_type=float)]


class Part(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")
