"""What every app stands on and no app owns: money, dates, trail, generic views, form layout, template tags. No tables."""
