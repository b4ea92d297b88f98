"""The lines of approvals in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [
    Section(
        _("Approvals"),
        5,
        [
            Place(_("To sign"), "approvals:inbox", about=_("Papers that wait for your signature")),
            Place(_("Signed by me"), "approvals:signed"),
            Place(_("Collective decisions"), "approvals:decision-list", "approvals.view_decision"),
            Place(_("Who signs what"), "approvals:rules", "approvals.manage_rules"),
        ],
    )
]
