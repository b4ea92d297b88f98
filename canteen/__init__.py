"""The canteen: menus, incoming goods, meals, hygiene registers. Its tables are not laid yet."""
