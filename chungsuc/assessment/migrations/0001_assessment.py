import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from chungsuc.assessment import schema
from chungsuc.kit.appendonly import refuse_changes

PK = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
STORED = ("stored_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now()))


def to(model, *, null=False, related=None):
    options = {"related_name": related} if related else {}
    return models.ForeignKey(db_constraint=False, db_index=False, null=null,
                             on_delete=django.db.models.deletion.DO_NOTHING, to=model, **options)


def unit():
    return ("unit", to("territory.unit", related="+"))


class Migration(migrations.Migration):
    initial = True
    dependencies = [("territory", "__first__"), ("journal", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                PK,
                ("kind", models.CharField(max_length=10)),
                ("set_code", models.CharField(max_length=40)),
                ("source", models.TextField()),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                STORED,
                ("sha256", models.CharField(max_length=64, null=True)),
                ("history", models.BooleanField(default=False)),
                ("reason", models.TextField(null=True)),
                ("notes", models.JSONField(default=list)),
                ("lines", models.IntegerField(default=0)),
            ],
            options={"db_table": "assessment_batch",
                     "indexes": [models.Index(fields=["sha256"], name="assessment_batch_sha256")]},
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                PK,
                ("batch", to("assessment.batch")),
                unit(),
                ("supersedes", to("assessment.figure", null=True)),
                ("recorded_at", models.DateTimeField()),
                STORED,
                ("speaks_of", models.DateField()),
                ("level", models.SmallIntegerField(db_comment="1 self, 2 verified, 3 appraised")),
                ("set_code", models.CharField(max_length=40)),
                ("indicator", models.CharField(max_length=16)),
                ("value", models.DecimalField(decimal_places=10, max_digits=24, null=True)),
                ("num", models.DecimalField(decimal_places=10, max_digits=24, null=True)),
                ("den", models.DecimalField(decimal_places=10, max_digits=24, null=True)),
                ("parts", models.JSONField(null=True)),
                ("not_applicable", models.TextField(null=True)),
                ("nearly_met", models.TextField(null=True)),
                ("note", models.TextField(null=True)),
                ("source", models.TextField(db_comment="null: the source of the batch", null=True)),
                ("author", models.CharField(db_comment="null: the person of the batch", max_length=80, null=True)),
                ("reason", models.TextField(null=True)),
            ],
            options={"db_table": "assessment_figure"},
        ),
        migrations.CreateModel(
            name="CriterionMarks",
            fields=[
                PK,
                ("batch", to("assessment.batch")),
                unit(),
                ("recorded_at", models.DateTimeField()),
                STORED,
                ("speaks_of", models.DateField()),
                ("level", models.SmallIntegerField()),
                ("set_code", models.CharField(max_length=40)),
                ("marks", models.JSONField(db_comment="{criterion number: met}; null: only the count is known", null=True)),
                ("count", models.SmallIntegerField()),
            ],
            options={"db_table": "assessment_marks"},
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                PK,
                ("sha256", models.CharField(max_length=64)),
                ("name", models.TextField()),
                ("kind", models.CharField(max_length=10)),
                ("size", models.IntegerField()),
                unit(),
                ("set_code", models.CharField(max_length=40)),
                ("indicator", models.CharField(max_length=16)),
                ("speaks_of", models.DateField()),
                ("figure", to("assessment.figure", null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("by", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                STORED,
            ],
            options={"db_table": "assessment_evidence",
                     "indexes": [models.Index(fields=["unit", "set_code", "indicator"], name="assessment_evidence_of")]},
        ),
        migrations.CreateModel(
            name="Frame",
            fields=[
                PK,
                ("digest", models.CharField(max_length=64, unique=True)),
                ("rulings", models.JSONField(db_comment="by indicator: threshold, article, provenance")),
            ],
            options={"db_table": "assessment_frame"},
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                PK,
                unit(),
                ("set_code", models.CharField(max_length=40)),
                ("speaks_of", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                STORED,
                ("rule", models.CharField(db_comment="which levels count: highest", max_length=10)),
                ("criteria", models.CharField(db_comment="one letter per criterion, see rules.LETTERS", max_length=60)),
                ("met", models.SmallIntegerField()),
                ("set_version", models.CharField(max_length=64)),
                ("frame", to("assessment.frame")),
                ("trace", models.JSONField(db_comment="by indicator: [value, margin, letter, figure]")),
            ],
            options={"db_table": "assessment_verdict"},
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                PK,
                unit(),
                ("set_code", models.CharField(max_length=40)),
                ("speaks_of", models.DateField()),
                ("basis", models.CharField(db_comment="figures or marks", max_length=10)),
                ("criteria", models.CharField(max_length=60)),
                ("met", models.SmallIntegerField()),
                ("set_version", models.CharField(max_length=64)),
                ("judged_at", models.DateTimeField()),
                ("path", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
            ],
            options={"db_table": "assessment_standing",
                     "constraints": [models.UniqueConstraint(fields=("set_code", "unit"), name="assessment_standing_one")]},
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                PK,
                unit(),
                ("set_code", models.CharField(max_length=40)),
                ("communes", models.IntegerField()),
                ("met", models.IntegerField()),
                ("by_met", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("by_criterion", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={"db_table": "assessment_tally",
                     "constraints": [models.UniqueConstraint(fields=("set_code", "unit"), name="assessment_tally_one")]},
        ),
        migrations.RunSQL(schema.INDEXES, migrations.RunSQL.noop),
        migrations.RunSQL(schema.CHECKS, migrations.RunSQL.noop),
        migrations.RunSQL(*schema.guard("assessment_figure")),
        migrations.RunSQL(*schema.guard("assessment_marks")),
        *[
            migrations.RunSQL(*refuse_changes(table))
            for table in ("assessment_batch", "assessment_figure", "assessment_marks", "assessment_evidence",
                          "assessment_verdict", "assessment_frame")
        ],
    ]
