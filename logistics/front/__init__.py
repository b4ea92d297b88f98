"""The roof: login, home ("what waits for me"), menu, search, error pages, the demo school."""
