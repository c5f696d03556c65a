"""Makes the figures of the demo province. Everything here is made up; `docs/guides/demo.md` says how."""
