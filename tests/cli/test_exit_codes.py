import socket
import subprocess
import sys

import pytest

from roi_core.cli import commands, main, serve
from roi_core.errors import AppNotStarted


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["inspect"], ["analyse", "a.csv"], ["sample", "out"], ["app", "--port"]])
def test_wrong_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: support-roi")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["sample", "OUT", "--company", "bank"], "must be one of saas, shop, services"),
        (["sample", "OUT/taken", "--company", "saas"], '"taken"'),
        (["analyse", "a.csv", "--json", "OUT/a.json", "--design", "OUT/none.toml"], '"none.toml"'),
        (["analyse", "a.csv", "--json", "OUT/a.json", "--assumptions", "OUT/wrong.toml"], "Did you mean"),
    ],
)
def test_a_refusal_ends_with_1_and_says_why_on_stderr(tmp_path, capsys, arguments, reason):
    (tmp_path / "taken").write_text("a file where a folder should be")
    (tmp_path / "wrong.toml").write_text("gros_margin = 0.7")
    assert main([argument.replace("OUT", str(tmp_path)) for argument in arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("support-roi: ")
    assert reason in err
    assert str(tmp_path) not in err


def test_a_fault_of_the_program_shows_neither_traceback_nor_message(monkeypatch, capsys):
    def broken(_):
        raise KeyError("ann@firm.example")

    monkeypatch.setattr(commands, "_valued", broken)
    assert main(["report", "a.csv", "--format", "csv", "--out", "x.csv"]) == 1
    err = capsys.readouterr().err
    assert "KeyError at test_exit_codes.py, line" in err
    assert "firm" not in err
    assert "Traceback" not in err


def test_a_closed_pipe_ends_quietly():
    code = "import sys; from roi_core.cli import commands, main; commands._valued = lambda _: print('x' * 1_000_000); sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "report", "a.csv", "--format", "csv", "--out", "x.csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_usual_ports_are_left_to_others_where_they_are_taken():
    port = serve.free_port()
    with socket.socket() as taken:
        if sys.platform != "win32":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert serve.free_port() != port


def test_a_server_that_ends_is_reported():
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as server, pytest.raises(AppNotStarted, match="code 3"):
        serve.wait_until_it_answers(server, serve.free_port())
