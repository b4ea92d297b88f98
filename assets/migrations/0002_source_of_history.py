from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('assets', '0001_initial')]

    operations = [
        migrations.RenameField('cardhistory', 'source', 'history_source'),
        migrations.RenameField('propertyclasshistory', 'source', 'history_source'),
        migrations.RenameField('roomconfirmationhistory', 'source', 'history_source'),
        migrations.AddField('usefullifehistory', 'history_source', models.CharField(blank=True, db_default='', default='', max_length=60)),
    ]
