"""The roof's own line in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [Section(_("School"), 82, [Place(_("Check of the books"), "front:checks", "school.view_trail")])]
