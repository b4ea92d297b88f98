"""The school's tables, cut by noun."""

from logistics.school.models.days import SchoolDay
from logistics.school.models.limits import Limit
from logistics.school.models.people import Department, Person, RoleAssignment
from logistics.school.models.places import Building, Room
from logistics.school.models.school import School
from logistics.school.models.years import SchoolClass, SchoolYear, Term

__all__ = [
    "Building",
    "Department",
    "Limit",
    "Person",
    "RoleAssignment",
    "Room",
    "School",
    "SchoolClass",
    "SchoolDay",
    "SchoolYear",
    "Term",
]
