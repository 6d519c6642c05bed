"""What all processes count together: tokens that were used, and guesses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("web", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
    )
