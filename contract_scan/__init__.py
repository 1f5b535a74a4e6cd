"""Reads Chinese loan contracts and says what to settle before signing."""
