"""The trail's line in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [Section(_("School"), 81, [Place(_("Trail of changes"), "records:trail", "school.view_trail")])]
