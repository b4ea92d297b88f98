from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('school', '0002_deputies_and_reopening')]

    operations = [
        migrations.RenameField('buildinghistory', 'source', 'history_source'),
        migrations.RenameField('departmenthistory', 'source', 'history_source'),
        migrations.RenameField('roleassignmenthistory', 'source', 'history_source'),
        migrations.RenameField('personhistory', 'source', 'history_source'),
        migrations.RenameField('roomhistory', 'source', 'history_source'),
        migrations.RenameField('schoolhistory', 'source', 'history_source'),
        migrations.RenameField('schoolclasshistory', 'source', 'history_source'),
        migrations.RenameField('schoolyearhistory', 'source', 'history_source'),
        migrations.RenameField('termhistory', 'source', 'history_source'),
        migrations.AddField('limithistory', 'history_source', models.CharField(blank=True, db_default='', default='', max_length=60)),
    ]
