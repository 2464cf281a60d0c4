"""The watched folder of a running stack."""

from __future__ import annotations

from tests.local.running import Running, until

_TEXT = "Der Hafen von Aldern wurde am 3. Mai 2023 eröffnet."


def test_a_file_copied_into_the_folder_is_dropped(stack: Running) -> None:
    file = stack.drop_folder / "watched" / "Öffnung des Hafens.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_TEXT)
    assert stack.settled("watched/Öffnung des Hafens.txt")["state"] == "done"


def test_a_folder_moved_in_and_deleted_takes_its_files_along(stack: Running) -> None:
    outside = stack.drop_folder.parent / "prepared"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "a.txt").write_text(_TEXT)
    inside = stack.drop_folder / "moved"
    outside.rename(inside)
    stack.settled("moved/deep/a.txt")
    inside.rename(outside)
    until(lambda: stack.find("moved/deep/a.txt") is None)


def test_hidden_and_backup_files_are_left_alone(stack: Running) -> None:
    folder = stack.drop_folder / "tidy"
    folder.mkdir()
    for name in (".DS_Store", "a.txt~", "b.txt"):
        (folder / name).write_text(_TEXT)
    stack.settled("tidy/b.txt")
    found = stack.get("/documents", collection="tidy")["documents"]
    assert [line["path"] for line in found] == ["b.txt"]
