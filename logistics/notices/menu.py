"""The lines of notices in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [Section(_("School"), 82, [Place(_("Ways notices go out"), "notices:channel-list", "notices.manage_channels")])]
