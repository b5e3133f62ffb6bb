"""Shaking the chain: draws, correlation, what matters most, and the chance of reaching a target."""
