import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from chungsuc.kit.appendonly import refuse_changes
from chungsuc.territory import constraints


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80)),
                ('province_code', models.CharField(max_length=10)),
                ('digest', models.CharField(max_length=64)),
                ('content', models.JSONField()),
                ('stored_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'territory_generation',
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=80)),
                ('signed', models.DateField(null=True)),
                ('title', models.TextField(default='')),
                ('source', models.TextField(default='')),
                ('provenance', models.TextField(default='')),
            ],
            options={
                'db_table': 'territory_act',
                'constraints': [models.UniqueConstraint(fields=('number', 'signed'), name='territory_act_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.generation')),
            ],
            options={
                'db_table': 'territory_unit',
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(max_length=60)),
                ('effective', models.DateField()),
                ('part', models.BooleanField(default=False)),
                ('note', models.TextField(default='')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.generation')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps_on', to='territory.unit')),
                ('to_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps_back', to='territory.unit')),
            ],
            options={
                'db_table': 'territory_change',
            },
        ),
        migrations.CreateModel(
            name='UnitClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=40)),
                ('value', models.CharField(max_length=80)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('decision', models.TextField(default='')),
                ('provenance', models.TextField(default='')),
                ('note', models.TextField(default='')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.generation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='territory.unit')),
            ],
            options={
                'db_table': 'territory_unit_class',
            },
        ),
        migrations.CreateModel(
            name='UnitVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=200)),
                ('alt_names', models.JSONField(default=list)),
                ('kind', models.CharField(max_length=20)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('search', models.TextField()),
                ('sort_key', models.TextField()),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.generation')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='territory.unit')),
            ],
            options={
                'db_table': 'territory_unit_version',
            },
        ),
        migrations.CreateModel(
            name='ChangeAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.act')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cited', to='territory.change')),
            ],
            options={
                'db_table': 'territory_change_act',
                'constraints': [models.UniqueConstraint(fields=('change', 'act'), name='territory_change_act_once')],
            },
        ),
        migrations.CreateModel(
            name='GenerationMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=20)),
                ('by', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='territory.generation')),
            ],
            options={
                'db_table': 'territory_generation_move',
                'constraints': [models.UniqueConstraint(condition=models.Q(('step', 'activated')), fields=('generation',), name='territory_generation_activated_once')],
            },
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['from_unit', 'effective'], name='territory_change_on'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['to_unit', 'effective'], name='territory_change_back'),
        ),
        migrations.RunSQL(constraints.PERIODS, constraints.PERIODS_BACK),
        *[migrations.RunSQL(*refuse_changes(table)) for table in constraints.ONLY_GROWING],
        migrations.RunSQL(constraints.ONLY_CLOSING, constraints.ONLY_CLOSING_BACK),
    ]
