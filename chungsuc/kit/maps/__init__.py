"""Drawing places: hexagons on a grid, and where they go (pure)."""

from chungsuc.kit.maps.hexagons import Cell, centre, corners, neighbours, outline
from chungsuc.kit.maps.laying import Placed, lay

__all__ = ["Cell", "Placed", "centre", "corners", "lay", "neighbours", "outline"]
