"""The line of prints in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [Section(_("Printing"), 50, [Place(_("My prints"), "printing:job-list")])]
