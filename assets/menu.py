"""The lines of property in the menu."""

from django.utils.translation import gettext_lazy as _

from logistics.base.menu import Place, Section

MENU = [
    Section(
        _("Property"),
        20,
        [
            Place(
                _("My property"),
                "assets:my-property",
                "assets.view_own_cards",
                about=_("See and confirm what you keep"),
            ),
            Place(_("All property"), "assets:card-list", "assets.view_card", about=_("Find, move, label, export")),
            Place(_("Rooms and their property"), "assets:room-list", "assets.view_card"),
            Place(_("Room confirmations"), "assets:confirmation-list", "assets.view_card"),
            Place(
                _("General ledger"),
                "assets:general-ledger",
                "assets.view_ledger",
                about=_("As of any day, down to the papers"),
            ),
            Place(_("Month's changes"), "assets:changes", "assets.view_ledger"),
            Place(_("Papers of property"), "assets:movement-list", "assets.view_ledger"),
            Place(_("To enter in the books"), "assets:to-enter", "assets.keep_stock"),
            Place(_("Stock"), "assets:stock-list", "assets.view_stock"),
            Place(_("Papers of the store"), "assets:stock-paper-list", "assets.view_stock"),
            Place(_("Issue slips"), "assets:issue-list", "school.view_contacts"),
            Place(_("Classes of property"), "assets:class-list", "assets.view_card"),
            Place(_("Useful lives"), "assets:life-list", "assets.view_card"),
        ],
    )
]
