"""What each role may do: the one table. Tests try every address as every role and compare with it.

A permission is ``app.verb_noun``. Every signed-in person is also a staff member. Apps to come add their lines here.
"""

from logistics.school.choices import Role

STAFF = frozenset(
    {
        "school.view_contacts",  # names, departments, rooms
        "assets.view_own_cards",  # the property one answers for
        "assets.confirm_room",  # only for rooms one answers for
    }
)
LOOK = frozenset({"school.view_structure", "assets.view_card", "assets.view_ledger", "assets.export_card"})
KEEP = frozenset(
    {
        "assets.add_card",
        "assets.change_card",
        "assets.move_card",
        "assets.print_labels",
        "assets.ask_confirmation",
        "assets.import_card",
        "assets.undo_import",
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
        "assets.manage_classes",
    }
)

ROLES: dict[str, frozenset[str]] = {
    Role.PRINCIPAL: STAFF
    | LOOK
    | {
        "school.export_people",
        "school.appoint_roles",
        "school.appoint_leaders",
        "school.close_term",
        "school.reopen_term",
        "school.view_trail",
    },
    Role.LEADER: STAFF | LOOK | {"school.view_trail"},
    Role.DIRECTOR: STAFF | LOOK | KEEP | RUN_SCHOOL | {"school.view_trail"},
    Role.PURCHASER: STAFF | LOOK,
    Role.KEEPER: STAFF | LOOK | KEEP | {"school.manage_structure", "school.import_school", "assets.manage_classes"},
    Role.BOOKKEEPER: STAFF | LOOK | {"school.view_trail"},
    Role.CASHIER: STAFF,
    Role.ACADEMIC: STAFF | {"school.view_structure"},
    Role.ROOM_KEEPER: STAFF,
    Role.CANTEEN_MANAGER: STAFF,
    Role.RECEIVER: STAFF,
    Role.CANTEEN_WORKER: STAFF,
    Role.HOMEROOM: STAFF,
    Role.DUTY_TEACHER: STAFF,
    Role.SAFETY_GROUP: STAFF,
    Role.GUARD: STAFF,
    Role.STAFF: STAFF,
}
