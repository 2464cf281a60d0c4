import socket
from pathlib import Path

import pytest

from infra.local.failure import Trouble
from infra.local.ports import HOST, Ports, choose

LEAST_OF_A_SYSTEM = 32_768  # what Linux gives to whoever names none


def test_ports_are_none_that_the_system_gives_to_others(tmp_path: Path) -> None:
    ports = choose(tmp_path / "ports.json", None)

    assert max(ports.emulator, ports.standin) < LEAST_OF_A_SYSTEM
    assert ports.emulator != ports.standin


def test_ports_stay_from_start_to_start(tmp_path: Path) -> None:
    first = choose(tmp_path / "ports.json", None)

    assert choose(tmp_path / "ports.json", None) == first


def test_a_port_that_is_taken_meanwhile_is_replaced(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        port = taken.getsockname()[1]
        (tmp_path / "ports.json").write_text(Ports(emulator=port, standin=port).model_dump_json())

        assert port not in choose(tmp_path / "ports.json", None).model_dump().values()


def test_a_wanted_port_that_is_taken_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))

        with pytest.raises(Trouble, match="Name another with --port"):
            choose(tmp_path / "ports.json", taken.getsockname()[1])


def test_two_servers_never_share_a_port(tmp_path: Path) -> None:
    free = choose(tmp_path / "ports.json", None).emulator
    (tmp_path / "ports.json").write_text(Ports(emulator=free, standin=free).model_dump_json())

    ports = choose(tmp_path / "ports.json", None)

    assert ports.emulator == free
    assert ports.standin != free
