"""Drawing places: hexagons on a grid (pure)."""

from chungsuc.kit.maps.hexagons import Cell, NoRoom, centre, corners, lay, outline

__all__ = ["Cell", "NoRoom", "centre", "corners", "lay", "outline"]
