"""A layer of boundaries may carry a note."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0002_boundaries")]

    operations = [
        migrations.AddField(model_name="boundarylayer", name="note", field=models.TextField(default="", db_default="")),
    ]
