"""What every app stands on and none owns: money, dates, trail, generic views, form layout, template tags. No tables."""
