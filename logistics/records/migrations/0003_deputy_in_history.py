from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('records', '0002_source_of_history')]

    operations = [
        migrations.RenameField('attachmenthistory', 'on_behalf_of', 'history_on_behalf_of'),
    ]
