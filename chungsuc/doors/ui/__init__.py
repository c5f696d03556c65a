"""What every page shares: frame, styles, marks, languages, refusals and safe headers."""
