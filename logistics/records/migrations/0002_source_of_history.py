from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('records', '0001_initial')]

    operations = [
        migrations.RenameField('attachmenthistory', 'source', 'history_source'),
    ]
