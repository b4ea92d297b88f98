"""The benchmark behind ``script/bench``: ratios to something measured in the same run. Not collected by pytest."""
