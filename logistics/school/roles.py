"""What each role may do: the one table. Tests try every address as every role and compare with it.

A permission is ``app.verb_noun``. Every signed-in person is also a staff member. Apps to come add their lines here.
"""

from logistics.school.choices import Role

STAFF = frozenset(
    {
        "school.view_contacts",  # names, departments, rooms
        "assets.view_own_cards",  # the property one answers for
        "assets.confirm_room",  # only for rooms one answers for
        "finance.file_purchase",  # and sees what he filed himself
        "workcalendar.view_calendar",  # hangs on the wall; each closes his own tasks
    }
)
LOOK = frozenset(
    {"school.view_structure", "assets.view_card", "assets.view_ledger", "assets.export_card", "assets.view_stock"}
)
LOOK_AT_PURCHASES = frozenset(
    {
        "finance.view_purchase",
        "finance.view_comparison",
        "finance.view_order",
        "finance.view_acceptance",
        "finance.view_supplier",
        "approvals.view_decision",
    }
)
LOOK_AT_MONEY = frozenset({"finance.view_budget", "finance.view_claim", "finance.view_payment"})
KEEP = frozenset(
    {
        "assets.add_card",
        "assets.change_card",
        "assets.move_card",
        "assets.print_labels",
        "assets.ask_confirmation",
        "assets.import_card",
        "assets.undo_import",
        "assets.keep_stock",
    }
)
RUN_SCHOOL = frozenset(
    {
        "school.manage_structure",
        "school.manage_people",
        "school.export_people",
        "school.appoint_roles",
        "school.import_school",
        "school.close_term",
        "school.manage_limits",
        "workcalendar.manage_calendar",
        "workcalendar.oversee_calendar",
        "assets.manage_classes",
        "approvals.manage_rules",
        "approvals.record_decision",
        "notices.manage_channels",
        "finance.manage_suppliers",
        "finance.manage_budget",
        "finance.close_purchase",
    }
)

# What is kept apart by duty, not by rank: who buys does not accept, who signs does not pay. It makes nobody higher.
KEPT_APART = frozenset(
    {
        "finance.ask_prices",
        "finance.choose_supplier",
        "finance.order_goods",
        "finance.accept_goods",
        "finance.accept_canteen_goods",
        "finance.file_claim",
        "finance.pay",
    }
)

ROLES: dict[str, frozenset[str]] = {
    Role.PRINCIPAL: STAFF
    | LOOK
    | LOOK_AT_PURCHASES
    | LOOK_AT_MONEY
    | {
        "school.export_people",
        "school.appoint_roles",
        "school.appoint_leaders",
        "school.close_term",
        "school.reopen_term",
        "school.view_trail",
        "workcalendar.oversee_calendar",
    },
    Role.LEADER: STAFF
    | LOOK
    | LOOK_AT_PURCHASES
    | LOOK_AT_MONEY
    | {"school.view_trail", "approvals.record_decision", "workcalendar.oversee_calendar"},
    Role.DIRECTOR: STAFF | LOOK | LOOK_AT_PURCHASES | LOOK_AT_MONEY | KEEP | RUN_SCHOOL | {"school.view_trail"},
    Role.PURCHASER: STAFF
    | LOOK
    | LOOK_AT_PURCHASES
    | {"finance.ask_prices", "finance.order_goods", "finance.manage_suppliers", "finance.file_claim"},
    Role.PURCHASING_GROUP: STAFF | LOOK_AT_PURCHASES | {"finance.choose_supplier"},
    Role.KEEPER: STAFF
    | LOOK
    | LOOK_AT_PURCHASES
    | KEEP
    | {"finance.accept_goods", "school.manage_structure", "school.import_school", "assets.manage_classes"},
    Role.BOOKKEEPER: STAFF | LOOK | LOOK_AT_PURCHASES | LOOK_AT_MONEY | {"school.view_trail", "finance.manage_budget"},
    Role.CASHIER: STAFF | LOOK_AT_MONEY | {"finance.view_order", "finance.view_acceptance", "finance.pay"},
    Role.ACADEMIC: STAFF | {"school.view_structure"},
    Role.ROOM_KEEPER: STAFF,
    Role.CANTEEN_MANAGER: STAFF | LOOK_AT_PURCHASES,
    Role.RECEIVER: STAFF | {"finance.view_order", "finance.view_acceptance", "finance.accept_canteen_goods"},
    Role.CANTEEN_WORKER: STAFF,
    Role.HOMEROOM: STAFF,
    Role.DUTY_TEACHER: STAFF,
    Role.SAFETY_GROUP: STAFF,
    Role.GUARD: STAFF,
    Role.STAFF: STAFF,
}
