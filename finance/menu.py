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
            Place(
                _("To buy"), "finance:to-buy", "finance.view_purchase", about=_("Approved lines: compare quotes, order")
            ),
            Place(_("Comparisons of quotes"), "finance:comparison-list", "finance.view_comparison"),
            Place(
                _("Purchase orders"),
                "finance:order-list",
                "finance.view_order",
                about=_("What was ordered, what has come"),
            ),
            Place(_("Acceptances of goods"), "finance:acceptance-list", "finance.view_acceptance"),
            Place(_("Suppliers"), "finance:supplier-list", "finance.view_supplier"),
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
            Place(_("My reimbursements"), "finance:my-claims", "finance.file_claim", about=_("Invoices to orders")),
            Place(_("Reimbursements"), "finance:claim-list", "finance.view_claim"),
            Place(_("To pay"), "finance:to-pay", "finance.pay", about=_("Signed claims")),
            Place(_("Payments"), "finance:payment-list", "finance.view_payment"),
        ],
    ),
]
