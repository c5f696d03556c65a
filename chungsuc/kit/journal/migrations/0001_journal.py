import django.db.models.functions.datetime
from django.db import migrations, models

from chungsuc.kit.appendonly import refuse_changes


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=200)),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("facts", models.JSONField(default=dict)),
            ],
            options={"db_table": "journal_line"},
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["subject", "-id"], name="journal_line_subject"),
        ),
        migrations.RunSQL(*refuse_changes("journal_line")),
    ]
