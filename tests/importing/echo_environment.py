"""A child for the tests: tells what it finds in its environment."""

import json
import os
import sys


def main() -> None:
    sys.stdout.write(json.dumps(dict(os.environ)))
