"""The rules and the law, as data. This package holds YAML files only."""
