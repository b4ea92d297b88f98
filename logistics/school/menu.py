"""The school's lines in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [
    Section(
        _("School"),
        80,
        [
            Place(_("Contacts"), "school:contact-list", "school.view_contacts", about=_("Find a colleague's phone")),
            Place(_("My roles"), "school:role-mine"),
            Place(_("Staff"), "school:person-list", "school.view_structure"),
            Place(_("Roles"), "school:role-list", "school.view_structure"),
            Place(_("Rooms"), "school:room-list", "school.view_structure"),
            Place(_("School classes"), "school:class-list", "school.view_structure"),
            Place(_("Departments"), "school:department-list", "school.view_structure"),
            Place(_("Buildings"), "school:building-list", "school.view_structure"),
            Place(_("Years and terms"), "school:year-list", "school.view_structure"),
            Place(_("Limits"), "school:limit-list", "school.view_structure"),
            Place(_("School name"), "school:school", "school.manage_structure"),
        ],
    )
]
