"""The tables of purchases and money, cut by noun."""

from finance.models.acceptances import Acceptance, AcceptanceLine
from finance.models.budget import BudgetEntry, BudgetLine
from finance.models.claims import Claim, Invoice, Payment, PaymentShare
from finance.models.comparisons import Comparison, ComparisonLine, Quote, QuotePrice
from finance.models.orders import Order, OrderLine
from finance.models.purchases import PurchaseRequest, RequestLine
from finance.models.suppliers import Supplier

__all__ = [
    "Acceptance",
    "AcceptanceLine",
    "BudgetEntry",
    "BudgetLine",
    "Claim",
    "Comparison",
    "ComparisonLine",
    "Invoice",
    "Order",
    "OrderLine",
    "Payment",
    "PaymentShare",
    "PurchaseRequest",
    "Quote",
    "QuotePrice",
    "RequestLine",
    "Supplier",
]
