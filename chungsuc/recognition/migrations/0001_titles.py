"""Titles and their fates: schema, named constraints, and the trigger that lets them only grow."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from chungsuc.kit.appendonly import refuse_changes

# A line may name a past moment of recording only when it was loaded as history (a permission of its own).
CHECKS = """
ALTER TABLE recognition_title
    ADD CONSTRAINT recognition_title_recorded_now
        CHECK (history OR recorded_at >= stored_at - interval '5 minutes'),
    ADD CONSTRAINT recognition_title_provenance CHECK (provenance IN ('real', 'demo')),
    ADD CONSTRAINT recognition_title_says_why CHECK (decision_number <> '' AND source <> ''),
    ADD CONSTRAINT recognition_title_year CHECK (extract(year FROM decision_date) >= year);
ALTER TABLE recognition_title_fate
    ADD CONSTRAINT recognition_fate_recorded_now
        CHECK (history OR recorded_at >= stored_at - interval '5 minutes'),
    ADD CONSTRAINT recognition_fate_provenance CHECK (provenance IN ('real', 'demo')),
    ADD CONSTRAINT recognition_fate_known CHECK (fate IN ('kept', 'not_kept', 'undecided')),
    ADD CONSTRAINT recognition_fate_onto CHECK ((fate = 'kept') = (onto_id IS NOT NULL)),
    ADD CONSTRAINT recognition_fate_says_why CHECK (why <> '' AND source <> '');
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("territory", "__first__")]
    operations = [
        migrations.CreateModel(
            name="Title",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("set_code", models.CharField(max_length=40)),
                ("year", models.SmallIntegerField()),
                ("decision_number", models.CharField(max_length=60)),
                ("decision_date", models.DateField()),
                ("authority", models.CharField(max_length=200)),
                ("source", models.TextField()),
                ("provenance", models.CharField(max_length=10)),
                ("note", models.TextField(blank=True, default="")),
                ("by", models.CharField(max_length=80)),
                ("history", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.unit"
                    ),
                ),
            ],
            options={"db_table": "recognition_title"},
        ),
        migrations.AddConstraint(
            model_name="title",
            constraint=models.UniqueConstraint(fields=("unit", "kind", "year"), name="recognition_title_once_a_year"),
        ),
        migrations.CreateModel(
            name="TitleFate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("effective", models.DateField()),
                ("fate", models.CharField(max_length=10)),
                ("decided_on", models.DateField()),
                ("decision", models.CharField(blank=True, default="", max_length=200)),
                ("why", models.TextField()),
                ("source", models.TextField()),
                ("provenance", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=80)),
                ("history", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "onto",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.unit",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fates", to="recognition.title"
                    ),
                ),
            ],
            options={"db_table": "recognition_title_fate"},
        ),
        migrations.AddIndex(
            model_name="titlefate",
            index=models.Index(fields=["title", "effective", "-recorded_at"], name="recognition_fate_newest"),
        ),
        migrations.RunSQL(CHECKS, migrations.RunSQL.noop),
        migrations.RunSQL(*refuse_changes("recognition_title")),
        migrations.RunSQL(*refuse_changes("recognition_title_fate")),
    ]
