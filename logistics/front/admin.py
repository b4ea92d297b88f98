"""Who signed in and who tried to, in the admin site: to look at. A lock ends by itself, or by deleting its attempts."""

from axes.admin import AccessAttemptAdmin as LibrarysAttemptAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm

from logistics.base.admin import ReadOnlyAdmin
from logistics.front.forms import SignInForm


class AdminSignInForm(SignInForm, AdminAuthenticationForm):
    """The same door to the admin site, for who may use it."""


admin.site.login_form = AdminSignInForm
SHOWN = ["attempt_time", "username", "ip_address", "user_agent", "path_info"]


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    list_display = [*SHOWN, "logout_time"]
    search_fields = ["username", "ip_address"]
    exclude = ["session_hash"]


@admin.register(AccessFailureLog)
class AccessFailureLogAdmin(ReadOnlyAdmin):
    list_display = [*SHOWN, "locked_out"]
    search_fields = ["username", "ip_address"]


admin.site.register(AccessAttempt, LibrarysAttemptAdmin)
