"""Approvals: rules, routes copied from them, steps, signatures, collective decisions. It knows no paper by name."""
