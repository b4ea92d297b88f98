"""Every change of state of property. Each paper is one transaction, one number, and the entries it writes."""
