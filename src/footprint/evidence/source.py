"""Where a number comes from."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SourceKind = Literal["outturn", "forecast", "trial", "elicited", "judgement"]


class Source(BaseModel):
    """A document or a group of people that a number rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="short name to refer to it by")
    title: str = Field(min_length=3, description="what it is called")
    publisher: str = Field(default="", description="who published it")
    link: str = Field(default="", description="where to read it")
    page: str = Field(default="", description="page, table or sheet")
    year: str = Field(default="", description="year it speaks of or was published in")
    kind: SourceKind = Field(
        description="outturn (what happened), forecast, trial, elicited (experts) or judgement"
    )
    licence: str = Field(default="", description="on what terms the figure may be used")
