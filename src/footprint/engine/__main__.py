"""Say which engine runs here: `python -m footprint.engine`."""

from footprint.engine import which

print(which())
