"""The line of imports in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

PERMISSIONS = ("assets.import_card", "school.manage_structure", "school.manage_people")
MENU = [
    Section(
        _("Imports"),
        40,
        [
            Place(
                _("Import from Excel"), "importing:run-list", PERMISSIONS, about=_("Take over the lists you have kept")
            )
        ],
    )
]
