"""Places and parks in texts: an address → county code and park."""

from ingest.places.divisions import china
from ingest.places.gazetteer import Gazetteer
from ingest.places.locate import place_of
from ingest.places.records import Doubt, ParkRecord, PlaceAnswer, PlaceRecord
from ingest.places.words import PlaceWords

__all__ = [
    "Doubt",
    "Gazetteer",
    "ParkRecord",
    "PlaceAnswer",
    "PlaceRecord",
    "PlaceWords",
    "china",
    "place_of",
]
