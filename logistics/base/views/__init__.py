"""Small class views every app builds its pages on. What they show stands in ``templates/object_*.html``."""

from logistics.base.views.ask import ask, posted, say
from logistics.base.views.asked import asked_day
from logistics.base.views.columns import BulkAction, Column
from logistics.base.views.lists import ListPage
from logistics.base.views.pages import ConfirmPage, CreatePage, DetailPage, UpdatePage

__all__ = [
    "BulkAction",
    "Column",
    "ConfirmPage",
    "CreatePage",
    "DetailPage",
    "ListPage",
    "UpdatePage",
    "ask",
    "asked_day",
    "posted",
    "say",
]
