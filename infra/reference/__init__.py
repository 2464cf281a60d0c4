"""References for users and operators, made from the code: the command line, and all settings."""
