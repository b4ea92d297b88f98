"""Facts → official page → PDF, label sheets, Excel."""
