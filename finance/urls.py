"""Addresses of this app, by noun."""

from django.urls import URLPattern, URLResolver, include, path

from finance.views import (
    acceptances,
    budget,
    claims,
    comparisons,
    drafts,
    orders,
    papers,
    payments,
    purchases,
    suppliers,
    to_buy,
)

app_name = "finance"

purchase_patterns = [
    path("", purchases.PurchaseList.as_view(), name="purchase-list"),
    path("mine/", purchases.MyPurchases.as_view(), name="my-purchases"),
    path("new/", drafts.create, name="purchase-create"),
    path("keep/", drafts.keep, name="purchase-keep"),
    path("names/", drafts.names, name="purchase-names"),
    path("register/", budget.register, name="purchase-register"),
    path("register/print/", papers.register, name="purchase-register-print"),
    path("<int:pk>/", purchases.PurchaseDetail.as_view(), name="purchase-detail"),
    path("<int:pk>/edit/", drafts.update, name="purchase-update"),
    path("<int:pk>/keep/", drafts.keep, name="purchase-keep"),
    path("<int:pk>/submit/", drafts.submit, name="purchase-submit"),
    path("<int:pk>/discard/", purchases.discard, name="purchase-discard"),
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

supplier_patterns = [
    path("", suppliers.SupplierList.as_view(), name="supplier-list"),
    path("new/", suppliers.SupplierCreate.as_view(), name="supplier-create"),
    path("<int:pk>/", suppliers.SupplierDetail.as_view(), name="supplier-detail"),
    path("<int:pk>/edit/", suppliers.SupplierUpdate.as_view(), name="supplier-update"),
]

comparison_patterns = [
    path("", comparisons.ComparisonList.as_view(), name="comparison-list"),
    path("new/", comparisons.create, name="comparison-create"),
    path("<int:pk>/", comparisons.ComparisonDetail.as_view(), name="comparison-detail"),
    path("<int:pk>/choose/", comparisons.choose, name="comparison-choose"),
    path("<int:pk>/drop/", comparisons.drop, name="comparison-drop"),
    path("<int:pk>/print/", comparisons.print_comparison, name="comparison-print"),
    path("<int:pk>/quotes/new/", comparisons.quote, name="quote-create"),
    path("<int:pk>/quotes/<int:quote>/", comparisons.quote, name="quote-update"),
    path("<int:pk>/quotes/<int:quote>/remove/", comparisons.quote_remove, name="quote-remove"),
    path("<int:pk>/quotes/<int:quote>/files/<int:file>/", comparisons.quote_file, name="quote-file"),
    path(
        "<int:pk>/quotes/<int:quote>/files/<int:file>/small/",
        comparisons.quote_file,
        {"small": True},
        name="quote-file-small",
    ),
]

order_patterns = [
    path("", orders.OrderList.as_view(), name="order-list"),
    path("to-buy/", to_buy.ToBuy.as_view(), name="to-buy"),
    path("new/", orders.create, name="order-create"),
    path("<int:pk>/", orders.OrderDetail.as_view(), name="order-detail"),
    path("<int:pk>/close/", orders.close, name="order-close"),
    path("<int:pk>/print/", orders.print_order, name="order-print"),
    path("<int:pk>/accept/", acceptances.accept, name="acceptance-create"),
]

acceptance_patterns = [
    path("", acceptances.AcceptanceList.as_view(), name="acceptance-list"),
    path("<int:pk>/", acceptances.AcceptanceDetail.as_view(), name="acceptance-detail"),
    path("<int:pk>/print/", acceptances.print_acceptance, name="acceptance-print"),
    path("<int:pk>/withdraw/", acceptances.withdraw, name="acceptance-withdraw"),
    path("lines/<int:pk>/nature/", acceptances.nature, name="acceptance-nature"),
    path("<int:pk>/files/add/", acceptances.FileAdd.as_view(), name="acceptance-file-add"),
    path("<int:pk>/files/<int:file>/", acceptances.file, name="acceptance-file"),
    path("<int:pk>/files/<int:file>/small/", acceptances.file, {"small": True}, name="acceptance-file-small"),
]

claim_patterns = [
    path("", claims.ClaimList.as_view(), name="claim-list"),
    path("mine/", claims.MyClaims.as_view(), name="my-claims"),
    path("new/", claims.create, name="claim-create"),
    path("<int:pk>/", claims.ClaimDetail.as_view(), name="claim-detail"),
    path("<int:pk>/edit/", claims.update, name="claim-update"),
    path("<int:pk>/submit/", claims.submit, name="claim-submit"),
    path("<int:pk>/withdraw/", claims.withdraw, name="claim-withdraw"),
    path("<int:pk>/take-back/", claims.take_back, name="claim-take-back"),
    path("<int:pk>/give-up/", claims.give_up, name="claim-give-up"),
    path("<int:pk>/print/", claims.print_claim, name="claim-print"),
    path("<int:pk>/invoices/new/", claims.invoice, name="invoice-create"),
    path("<int:pk>/invoices/<int:invoice>/", claims.invoice, name="invoice-update"),
    path("<int:pk>/invoices/<int:invoice>/remove/", claims.invoice_remove, name="invoice-remove"),
    path("<int:pk>/invoices/<int:invoice>/files/<int:file>/", claims.invoice_file, name="invoice-file"),
    path(
        "<int:pk>/invoices/<int:invoice>/files/<int:file>/small/",
        claims.invoice_file,
        {"small": True},
        name="invoice-file-small",
    ),
    path("<int:pk>/pay/", payments.pay, name="pay"),
]

payment_patterns = [
    path("", payments.PaymentList.as_view(), name="payment-list"),
    path("to-pay/", payments.ToPay.as_view(), name="to-pay"),
    path("<int:pk>/", payments.PaymentDetail.as_view(), name="payment-detail"),
    path("<int:pk>/reverse/", payments.reverse_payment, name="payment-reverse"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("purchases/", include(purchase_patterns)),
    path("budget/", include(budget_patterns)),
    path("suppliers/", include(supplier_patterns)),
    path("comparisons/", include(comparison_patterns)),
    path("orders/", include(order_patterns)),
    path("acceptances/", include(acceptance_patterns)),
    path("claims/", include(claim_patterns)),
    path("payments/", include(payment_patterns)),
]
