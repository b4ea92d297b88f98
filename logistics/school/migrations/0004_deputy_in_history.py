from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('school', '0003_source_of_history')]

    operations = [
        migrations.RenameField('buildinghistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('departmenthistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('limithistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('roleassignmenthistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('personhistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('roomhistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('schoolhistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('schoolclasshistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('schoolyearhistory', 'on_behalf_of', 'history_on_behalf_of'),
        migrations.RenameField('termhistory', 'on_behalf_of', 'history_on_behalf_of'),
    ]
