"""Reads the files of `law/`: strict YAML to frozen sets, or line, field and mend of what is wrong."""
