"""Footprint: one health-and-care plan for a place, tested before it is signed."""

__version__ = "0.1.0"
