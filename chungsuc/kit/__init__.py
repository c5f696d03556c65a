"""Plumbing without a business word: errors, words, time, files, sheets, the journal."""
