"""Addresses of this app, by noun."""

from django.urls import URLPattern, URLResolver, include, path

from finance.views import budget, papers, purchases

app_name = "finance"

purchase_patterns = [
    path("", purchases.PurchaseList.as_view(), name="purchase-list"),
    path("mine/", purchases.MyPurchases.as_view(), name="my-purchases"),
    path("new/", purchases.create, name="purchase-create"),
    path("keep/", purchases.keep, name="purchase-keep"),
    path("names/", purchases.names, name="purchase-names"),
    path("register/", budget.register, name="purchase-register"),
    path("register/print/", papers.register, name="purchase-register-print"),
    path("<int:pk>/", purchases.PurchaseDetail.as_view(), name="purchase-detail"),
    path("<int:pk>/edit/", purchases.update, name="purchase-update"),
    path("<int:pk>/keep/", purchases.keep, name="purchase-keep"),
    path("<int:pk>/submit/", purchases.submit, name="purchase-submit"),
    path("<int:pk>/withdraw/", purchases.withdraw, name="purchase-withdraw"),
    path("<int:pk>/take-back/", purchases.take_back, name="purchase-take-back"),
    path("<int:pk>/close/", purchases.close, name="purchase-close"),
    path("<int:pk>/copy/", purchases.copy, name="purchase-copy"),
    path("<int:pk>/print/", papers.purchase, name="purchase-print"),
    path("<int:pk>/files/add/", purchases.FileAdd.as_view(), name="purchase-file-add"),
    path("<int:pk>/files/<int:file>/", purchases.file, name="purchase-file"),
    path("<int:pk>/files/<int:file>/small/", purchases.file, {"small": True}, name="purchase-file-small"),
    path("<int:pk>/files/<int:file>/remove/", purchases.file_remove, name="purchase-file-remove"),
]

budget_patterns = [
    path("", budget.page, name="budget-list"),
    path("print/", papers.budget, name="budget-print"),
    path("new/", budget.LineCreate.as_view(), name="budget-create"),
    path("<int:pk>/", budget.LineDetail.as_view(), name="budget-detail"),
    path("<int:pk>/edit/", budget.LineUpdate.as_view(), name="budget-update"),
    path("<int:pk>/original/", budget.Original.as_view(), name="budget-original"),
    path("<int:pk>/adjust/", budget.Adjustment.as_view(), name="budget-adjust"),
    path("entries/<int:pk>/files/<int:file>/", budget.file, name="budget-file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("purchases/", include(purchase_patterns)),
    path("budget/", include(budget_patterns)),
]
