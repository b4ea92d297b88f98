"""My notices."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from logistics.base.permissions import EVERYONE, requires
from logistics.base.views import Column, ListPage
from logistics.notices.models import Notice
from logistics.school.who import who


class NoticeList(ListPage):
    """The newest first, unread ones marked."""

    permission, model, title = EVERYONE, Notice, _("Notices")
    ordering = ("-made_at", "-pk")
    columns = (Column(_("When")), Column(_("Notice")), Column(_("State")))

    def get_queryset(self) -> QuerySet[Any]:
        return Notice.objects.filter(person=who(self.request))


@require_safe
@requires(EVERYONE)
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it is read, and go where it leads."""
    notice = get_object_or_404(Notice, pk=pk, person=who(request))
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if inside else "notices:notice-list")


@require_POST
@requires(EVERYONE)
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark all of mine as read."""
    Notice.objects.filter(person=who(request), read_at=None).update(read_at=timezone.now())
    return redirect("notices:notice-list")
