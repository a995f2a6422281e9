"""The HTTP API."""

from api.app import create_app
from api.service import Service

__all__ = ["Service", "create_app"]
