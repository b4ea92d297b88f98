"""How the trail names what an import wrote, and where it leads."""

from django.utils.translation import gettext_lazy as _

from logistics.base.trail import Source

SOURCES = {"import": Source(_("Import no. %(number)s"), "importing:run-detail")}
