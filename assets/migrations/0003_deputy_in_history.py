from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('assets', '0002_source_of_history')]

    operations = [
        migrations.RenameField('cardhistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('propertyclasshistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('roomconfirmationhistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('usefullifehistory', 'on_behalf_of', 'history_on_behalf_of'),
    ]
