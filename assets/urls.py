"""Addresses of this app. ``/a/<number>`` is the short one that stands in the QR code of every label."""

from django.urls import include, path

from assets.views import (
    cards,
    classes,
    confirmations,
    files,
    issues,
    labels,
    ledgers,
    lookups,
    movements,
    papers,
    receipts,
    rooms,
    stock,
)

app_name = "assets"

card_patterns = [
    path("", cards.CardList.as_view(), name="card-list"),
    path("mine/", cards.MyProperty.as_view(), name="my-property"),
    path("new/", cards.CardCreate.as_view(), name="card-create"),
    path("<int:pk>/", cards.CardDetail.as_view(), name="card-detail"),
    path("print/", papers.cards, name="cards-print"),
    path("list/print/", papers.card_list, name="card-list-print"),
    path("<int:pk>/edit/", cards.CardUpdate.as_view(), name="card-update"),
    path("<int:pk>/print/", papers.card, name="card-print"),
    path("<int:pk>/files/add/", files.Add.as_view(), name="file-add"),
    path("<int:pk>/files/<int:file>/", files.show, name="file"),
    path("<int:pk>/files/<int:file>/small/", files.show, {"small": True}, name="file-small"),
    path("<int:pk>/files/<int:file>/remove/", files.remove, name="file-remove"),
]

movement_patterns = [
    path("", movements.MovementList.as_view(), name="movement-list"),
    path("<int:pk>/", movements.MovementDetail.as_view(), name="movement-detail"),
    path("<int:pk>/print/", papers.movement, name="movement-print"),
    path("<int:pk>/reverse/", movements.Reversal.as_view(), name="movement-reverse"),
    path("transfer/", movements.Transfer.as_view(), name="transfer"),
    path("custody/", movements.Custody.as_view(), name="custody"),
    path("split/", movements.Split.as_view(), name="split"),
    path("correction/", movements.Correction.as_view(), name="correction"),
    path("reclassification/", movements.Reclassification.as_view(), name="reclassification"),
]

ledger_patterns = [
    path("", ledgers.general, name="general-ledger"),
    path("print/", papers.general_ledger, name="general-ledger-print"),
    path("whole/", ledgers.one, {"kind": "whole"}, name="whole-ledger"),
    path("class/<int:pk>/", ledgers.one, {"kind": "class"}, name="class-ledger"),
    path("room/<int:pk>/", ledgers.one, {"kind": "room"}, name="room-ledger"),
    path("department/<int:pk>/", ledgers.one, {"kind": "department"}, name="department-ledger"),
    path("person/<int:pk>/", ledgers.one, {"kind": "person"}, name="person-ledger"),
    path("<str:kind>/<int:pk>/print/", papers.ledger, name="ledger-print"),
    path("changes/", ledgers.changes, name="changes"),
    path("changes/print/", papers.changes, name="changes-print"),
]

room_patterns = [
    path("", rooms.RoomList.as_view(), name="room-list"),
    path("<int:pk>/", rooms.RoomDetail.as_view(), name="room-detail"),
    path("<int:pk>/hand-over/", rooms.HandOver.as_view(), name="hand-over"),
    path("<int:pk>/list/", papers.room_list, name="room-list-print"),
    path("lists/", papers.room_lists, name="room-lists-print"),
    path("ledgers/", papers.room_ledgers, name="room-ledgers-print"),
]

confirmation_patterns = [
    path("", confirmations.ConfirmationList.as_view(), name="confirmation-list"),
    path("ask/", confirmations.Ask.as_view(), name="confirmation-ask"),
    path("<int:pk>/", confirmations.detail, name="confirmation-detail"),
    path("<int:pk>/print/", papers.confirmation, name="confirmation-print"),
    path("<int:pk>/answer/", confirmations.answer, name="confirmation-answer"),
    path("<int:pk>/withdraw/", confirmations.withdraw, name="confirmation-withdraw"),
]

class_patterns = [
    path("", classes.ClassList.as_view(), name="class-list"),
    path("new/", classes.ClassCreate.as_view(), name="class-create"),
    path("<int:pk>/", classes.ClassDetail.as_view(), name="class-detail"),
    path("<int:pk>/edit/", classes.ClassUpdate.as_view(), name="class-update"),
    path("<int:pk>/switch/", classes.switch, name="class-switch"),
    path("lives/", classes.LifeList.as_view(), name="life-list"),
    path("lives/new/", classes.LifeCreate.as_view(), name="life-create"),
]

stock_patterns = [
    path("", stock.StockList.as_view(), name="stock-list"),
    path("to-enter/", receipts.ToEnter.as_view(), name="to-enter"),
    path("to-enter/<int:pk>/cards/", receipts.EnterCards.as_view(), name="enter-cards"),
    path("to-enter/<int:pk>/store/", receipts.enter_store, name="enter-store"),
    path("items/<int:pk>/", stock.ItemDetail.as_view(), name="stock-item"),
    path("papers/", stock.StockPaperList.as_view(), name="stock-paper-list"),
    path("papers/<int:pk>/", stock.PaperDetail.as_view(), name="stock-paper"),
    path("papers/<int:pk>/reverse/", stock.reverse_paper, name="stock-paper-reverse"),
    path("print/", papers.stock_list, name="stock-list-print"),
    path("items/<int:pk>/print/", papers.stock_item, name="stock-item-print"),
    path("papers/<int:pk>/print/", papers.stock_paper, name="stock-paper-print"),
    path("issues/", issues.IssueList.as_view(), name="issue-list"),
    path("issues/new/", issues.create, name="issue-new"),
    path("issues/<int:pk>/", issues.IssueDetail.as_view(), name="issue-detail"),
    path("issues/<int:pk>/print/", papers.issue, name="issue-print"),
    path("issues/<int:pk>/cancel/", issues.cancel, name="issue-cancel"),
]

urlpatterns = [
    path("a/<path:number>", cards.scan, name="scan"),
    path("assets/cards/", include(card_patterns)),
    path("assets/movements/", include(movement_patterns)),
    path("assets/ledgers/", include(ledger_patterns)),
    path("assets/rooms/", include(room_patterns)),
    path("assets/confirmations/", include(confirmation_patterns)),
    path("assets/classes/", include(class_patterns)),
    path("assets/store/", include(stock_patterns)),
    path("assets/labels/", labels.choose, name="labels"),
    path("assets/lookups/<str:kind>/", lookups.lookup, name="lookup"),
]
