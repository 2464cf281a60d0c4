"""Write the description anew: `python -m infra.openapi`, or `make openapi`."""

from __future__ import annotations

from infra.openapi.files import FILES, contents


def main() -> None:
    """Write every file that is made from the routes."""
    for file, content in zip(FILES, contents(), strict=True):
        file.write_text(content)


if __name__ == "__main__":
    main()
