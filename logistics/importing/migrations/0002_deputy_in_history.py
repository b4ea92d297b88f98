import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('importing', '0001_initial')]

    operations = [
        migrations.RenameField('rememberedmatchhistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.AddField('importrunhistory', 'history_on_behalf_of', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
    ]
