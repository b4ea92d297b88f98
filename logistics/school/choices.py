"""The fixed choices of this app."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """The roles of a school's office; what each may do stands in ``roles.py``."""

    PRINCIPAL = "principal", _("Principal")
    LEADER = "leader", _("Leader in charge")
    DIRECTOR = "director", _("General-affairs director")
    PURCHASER = "purchaser", _("Purchaser")
    PURCHASING_GROUP = "purchasing_group", _("Purchasing group")
    KEEPER = "keeper", pgettext_lazy("role", "Keeper")
    BOOKKEEPER = "bookkeeper", _("Bookkeeper")
    CASHIER = "cashier", _("Cashier")
    ACADEMIC = "academic", _("Academic affairs")
    ROOM_KEEPER = "room_keeper", _("Room keeper")
    CANTEEN_MANAGER = "canteen_manager", _("Canteen manager")
    RECEIVER = "receiver", _("Goods receiver")
    CANTEEN_WORKER = "canteen_worker", _("Canteen worker")
    HOMEROOM = "homeroom", _("Homeroom teacher")
    DUTY_TEACHER = "duty_teacher", _("Duty teacher")
    SAFETY_GROUP = "safety_group", _("Safety group")
    GUARD = "guard", _("Guard")
    STAFF = "staff", _("Staff member")


class RoomKind(TextChoices):
    CLASSROOM = "classroom", _("Classroom")
    OFFICE = "office", _("Office")
    LABORATORY = "laboratory", _("Laboratory")
    SPECIAL = "special", _("Special room")
    LIBRARY = "library", _("Library")
    CANTEEN = "canteen", _("Canteen room")
    DORMITORY = "dormitory", _("Dormitory")
    STORE = "store", _("Store room")
    GATE = "gate", _("Gatehouse")
    OTHER = "other", _("Other place")


class TermNumber(IntegerChoices):
    FIRST = 1, _("First term")
    SECOND = 2, _("Second term")


class DayKind(TextChoices):
    """What a day is to the school. Lessons are taught on teaching and make-up days."""

    TEACHING = "teaching", _("Teaching day")
    MAKE_UP = "make_up", _("Make-up day")
    REST = "rest", _("Rest day")
    HOLIDAY = "holiday", _("Statutory holiday")


TAUGHT = (DayKind.TEACHING, DayKind.MAKE_UP)
