"""Pictures and papers of a card. Who may see the card may see its files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from assets.models import Card
from assets.queries.scope import cards_seen_by
from logistics.base.permissions import requires
from logistics.records.views.files import AddFile, remove_file, show_file
from logistics.school.who import who


class Add(AddFile):
    """Attach a picture or PDF to a card."""

    permission = "assets.change_card"

    def get_record(self) -> Card:
        return get_object_or_404(Card, pk=self.kwargs["pk"])


@requires("assets.view_own_cards")
def show(request: HttpRequest, pk: int, file: int, *, small: bool = False) -> HttpResponse:
    """The file itself, or its thumbnail."""
    return show_file(request, get_object_or_404(cards_seen_by(who(request)), pk=pk), file, small=small)


@require_POST
@requires("assets.change_card")
def remove(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off the card; the history keeps that it was there."""
    return remove_file(request, get_object_or_404(Card, pk=pk), file)
