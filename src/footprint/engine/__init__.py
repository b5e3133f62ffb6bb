"""The batch engine: many futures of a cohort area at once."""

from footprint.engine.description import BLOCKS, Block, CohortArea
from footprint.engine.oracle import simulate_one
from footprint.engine.run import engine, simulate, which

__all__ = ["BLOCKS", "Block", "CohortArea", "engine", "simulate", "simulate_one", "which"]
