"""The school's own lists. They stand here because the school lies below the engine."""

from logistics.importing.school.classes import ClassSpec
from logistics.importing.school.days import DaySpec
from logistics.importing.school.rooms import RoomSpec
from logistics.importing.school.staff import StaffSpec

__all__ = ["ClassSpec", "DaySpec", "RoomSpec", "StaffSpec"]
