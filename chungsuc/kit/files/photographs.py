"""When and where a photograph says it was taken. The camera's word: kept and shown, never trusted as proof."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from PIL import ExifTags, Image

from chungsuc.kit.clock import VIETNAM

PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Shot:
    """`taken_at` aware (the camera's offset, else Vietnamese time), `taken_where` (latitude, longitude) in degrees."""

    taken_at: datetime | None
    taken_where: tuple[float, float] | None


@contextmanager
def opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, by one of three decoders only; a pixel flood raises instead of warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        with picture:
            if picture.width * picture.height > PIXELS:
                raise Image.DecompressionBombError("too many pixels")
            yield picture


def shot_of(content: bytes) -> Shot:
    """Time and place in the photograph's EXIF; None where it does not say, or says nonsense."""
    try:
        with opened(content) as picture:
            exif = picture.getexif()
            detail, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:
        return Shot(None, None)
    stamp = detail.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    return Shot(_moment(stamp, detail.get(ExifTags.Base.OffsetTimeOriginal)), _where(place))


def _moment(stamp: object, offset: object) -> datetime | None:
    try:
        naive = datetime.strptime(str(stamp).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    return naive.replace(tzinfo=_zone(offset))


def _zone(offset: object) -> timezone | object:
    try:
        sign, hours, minutes = str(offset)[0], int(str(offset)[1:3]), int(str(offset)[4:6])
        return timezone((-1 if sign == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    except (ValueError, IndexError):
        return VIETNAM


def _where(place: dict[int, object]) -> tuple[float, float] | None:
    try:
        north = _degrees(place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLatitudeRef], "S")
        east = _degrees(place[ExifTags.GPS.GPSLongitude], place[ExifTags.GPS.GPSLongitudeRef], "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def _degrees(parts: object, reference: object, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
    whole = degrees + minutes / 60 + seconds / 3600
    if whole != whole:
        raise ValueError("not a number")
    return round(-whole if str(reference).strip("\x00 ").upper() == negative else whole, 7)
