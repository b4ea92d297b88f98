"""The benchmark behind ``script/bench``: figures as ratios to something measured in the same run. Not collected by pytest."""
