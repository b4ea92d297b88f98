"""The lines of purchases and money in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [
    Section(
        _("Purchases"),
        10,
        [
            Place(
                _("New purchase request"),
                "finance:purchase-create",
                "finance.file_purchase",
                about=_("What is needed, and what for"),
            ),
            Place(_("My purchases"), "finance:my-purchases", "finance.file_purchase"),
            Place(
                _("All purchases"),
                "finance:purchase-list",
                "finance.view_purchase",
                about=_("Where each stands and what it comes to"),
            ),
            Place(_("Purchase register"), "finance:purchase-register", "finance.view_purchase"),
        ],
    ),
    Section(
        _("Money"),
        12,
        [
            Place(
                _("Budget execution"),
                "finance:budget-list",
                "finance.view_budget",
                about=_("Committed, spent, left"),
            ),
        ],
    ),
]
