"""The lists that are imported without an app of their own."""

from logistics.importing.school import ClassSpec, DaySpec, RoomSpec, StaffSpec

SPECS = [StaffSpec, RoomSpec, ClassSpec, DaySpec]
