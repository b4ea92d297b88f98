"""The benchmark behind ``script/bench``: ratios to something measured in the same run. Not collected by pytest.

``python -m tests.bench`` is the conductor and knows no Django; every run is a process of its own (``task``).
"""
