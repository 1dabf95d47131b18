"""Each way to get a scenario file or an option wrong, and the sentence it costs."""

import os

import pytest

from sim.params import PARAMS
from sim.scenario import ScenarioError, from_file
from sim.scenario.consistency import check_consistency
from sim.scenario.toml_file import MAX_INHERITANCE
from sim.scenario.values import BadValue, resolve

YEARS = tuple(range(2026, 2036))


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def put(text, name="deadline.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return put


ERRORS = [
    ("title = 'x'\n\n[levers]\ndekningsfrist=40",
     "4:15: dekningsfrist = 40 is outside 1 to 10 (kommuneloven § 14-11)."),
    ("\r\n\r\n[levers]\r\ndekningsfrist = 40\r\n", "4:17: dekningsfrist = 40 is outside 1 to 10"),
    ("[levers]\ndekningfrist = 4", "2:1: unknown lever 'dekningfrist'. Did you mean 'dekningsfrist'?"),
    ("levers.dekningfrist = 4", "1:8: unknown lever 'dekningfrist'. Did you mean 'dekningsfrist'?"),
    ("levers = {robek = 1, dekningfrist = 4}", "1:22: unknown lever 'dekningfrist'."),
    ("[levers]\nkapa = 2", "2:1: unknown lever 'kapa'. Did you mean 'kappa' (under [assumptions])?"),
    ("[levers]\nqqqqqq = 2", "2:1: unknown lever 'qqqqqq'. See `list levers`."),
    ("[assumptions]\ndekningsfrist = 4", "2:1: 'dekningsfrist' is a lever: put it under [levers]."),
    ("[levers]\n\n  kappa = 4", "3:3: 'kappa' is an assumption: put it under [assumptions]."),
    ("[levers]\nruns = 4", "2:1: 'runs' is a run setting: put it under [run]."),
    ("[run]\nkappa = 4", "2:1: 'kappa' is an assumption: put it under [assumptions]."),
    ("kappa = 4", "1:1: 'kappa' stands in no section; put it under [assumptions]."),
    ("runs = 4", "1:1: 'runs' stands in no section; put it under [run]."),
    ("[lever]\nrobek = 1", "1:2: unknown key 'lever'. Did you mean 'levers'?"),
    ("levers = 3", "1:1: 'levers' must be a section; write [levers] on a line of its own."),
    ("[[levers]]\nrobek = 1", "1:3: 'levers' must be a section"),
    ("[run]\nrun = 1", "2:1: unknown run setting 'run'. Did you mean 'runs'?"),
    ("[run]\nruns = 0", "2:8: runs = 0 is outside 1 to 1000000."),
    ("[run]\nruns = 10.0", "2:8: runs = 10.0 is not a whole number from 1 to 1000000."),
    ("[run]\nruns = true", "2:8: runs = true is not a whole number"),
    ("[run]\nyears = 26", "2:9: years = 26 is outside 1 to 25."),
    ("[run]\nseed = -1", "2:8: seed = -1 is outside 0 to"),
    ("[run]\nstart = 'mean'", "2:9: start = 'mean' is not one of \"drawn\", \"median\"."),
    ("[run]\npanel = 'robek'", "2:9: panel must be a list of outputs"),
    ("[run]\npanel = []", "2:9: panel must be a list of outputs"),
    ('[run]\npanel = [\n "robek", # a\n "lanegjelt"]',
     "4:2: unknown output 'lanegjelt' in panel. Did you mean 'lanegjeld'?"),
    ('[run]\npanel = ["robek", "robek"]', "2:19: output 'robek' is twice in panel"),
    ("[run]\npanel = [1]", "2:10: unknown output 'not text' in panel."),
    ("[levers]\ndekningsfrist = true", "2:17: dekningsfrist = true is not a number"),
    ("[levers]\ndekningsfrist = 'two'",
     "2:17: dekningsfrist = 'two' is text; dekningsfrist must be a whole number from 1 to"),
    ("[levers]\ndekningsfrist = 2.5", "2:17: dekningsfrist = 2.5 is not a whole number"),
    ("[levers]\ndekningsfrist = []", "2:17: dekningsfrist = [] is not a number"),
    ("[levers]\ndekningsfrist = 1979-05-27", "2:17: dekningsfrist = 1979-05-27 is not a number"),
    ("[levers]\nrobek_utgang = 'nil'",
     "2:16: robek_utgang = 'nil' is not one of \"zero\", \"below_threshold\""),
    ("[levers]\nrobek_d_terskel = nan", "2:19: robek_d_terskel = nan is not finite"),
    ("[levers]\nrobek_d_terskel = inf", "2:19: robek_d_terskel = inf is not finite"),
    ("[levers]\nrobek_d_terskel = 1e400", "2:19: robek_d_terskel = 1e400 is not finite"),
    (f"[levers]\ndekningsfrist = {'9' * 4000}", "2:17: dekningsfrist = 999999"),
    (f"[levers]\ndekningsfrist = 0x{'f' * 9000}", "2:17: dekningsfrist = 0xffff"),
    (f"[levers]\ndekningsfrist = {{2027 = 0x{'f' * 9000}}}",
     "2:25: dekningsfrist in 2027 = a huge whole number is"),
    ("[levers]\ndekningsfrist = {}", "2:17: dekningsfrist = {} is empty"),
    ("[levers]\ndekningsfrist = {2025 = 2}", "2:18: '2025' in dekningsfrist is not a year from 2026 to 2050"),
    ("[levers]\ndekningsfrist = {2026 = 2, 2051 = 2}", "2:28: '2051' in dekningsfrist is not a year"),
    ("[levers]\ndekningsfrist = {2026 = 2, 2027 = 99}",
     "2:35: dekningsfrist in 2027 = 99 is outside 1 to 10"),
    ("[levers]\ndekningsfrist.2026.2 = 3", "2:15: dekningsfrist in 2026"),
    ('[levers]\ndekningsfrist = {"２０２７" = 2}', "2:18: '２０２７' in dekningsfrist is not a year"),
    ("[assumptions]\nkappa = {low = 1}", "2:9: the range of kappa has no 'high'"),
    ("[assumptions]\nkappa = {low = 2, high = 2}",
     "2:9: the range of kappa runs from 2 to 2; low must be below high"),
    ("[assumptions]\nkappa = {low = 1, high = 9}", "2:26: kappa.high = 9 is outside 0.5 to 4"),
    ("[assumptions]\nkappa = {low = 1, high = 2, 2027 = 1}",
     "2:29: '2027' does not belong in the range of kappa"),
    ("[assumptions.kappa]\nlow = 1\nhigh = 'x'", "3:8: kappa.high = \"x\" is text"),
    ("[assumptions]\ngap_start = 0.002", "2:13: gap_stopp = 0.0025 is above gap_start = 0.002 in 2026"),
    ("[assumptions]\ngap_stopp = {low = 0.001, high = 0.01}",
     "2:13: gap_stopp = 0.01 is above gap_start = 0.00"),
    ("[levers\nrobek = 1", "1:8: not valid TOML: "),
    ("[levers]\nrobek = 1\nrobek = 1", "3:10: not valid TOML: the key of this line stands twice in its table; keep"),
    ("[levers]\nrobek = ", "2:9: not valid TOML: invalid value."),
    ("x = " + "[" * 9, "1:13: nested more than 8 deep"),
    (f"x = {'9' * 5000}", " a number has thousands of digits; shorten it."),
    ("title = 3", "1:9: title must be text of at most 200 characters."),
    ("title = '" + "x" * 201 + "'", "1:9: title must be text of at most 200 characters."),
    ('title = "\\u001b[31m"', "1:9: title has control characters; remove them."),
    ("inherits = 'nope.toml'", "1:12: cannot inherit: nope.toml: there is no such file"),
    ("inherits = 3", "1:12: inherits must name a scenario file"),
    ("inherits = '/etc/passwd'", "1:12: inherits must name a scenario file"),
    ("inherits = 'deadline.toml'", "1:12: 'deadline.toml' inherits, in the end, from itself"),
    (b"\xef\xbb\xbf[levers]", "1:1: starts with a byte order mark; save it as UTF-8 without one."),
    (b"a = 1\n\xc3\xa6 = '\xff'", "2:6: byte 0xff is not UTF-8; save the file as UTF-8."),
    (b" " * 1_000_001, " is larger than 1 MB; a scenario has a few kB."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), ERRORS)
def test_a_bad_file_costs_one_sentence_with_its_place(write, text, sentence):
    with pytest.raises(ScenarioError) as caught:
        from_file(write(text))
    message = str(caught.value)
    assert message.startswith("deadline.toml:" + sentence)
    assert "\n" not in message
    assert message.isprintable()
    assert message.endswith((".", "?"))


def test_an_error_in_an_inherited_file_names_that_file(write):
    write("[levers]\nrobek = 9", "sub/a.toml")
    with pytest.raises(ScenarioError, match=r"^sub/a\.toml:2:9: robek = 9 is outside 0 to 1"):
        from_file(write("inherits = 'sub/a.toml'"))


def test_a_contradiction_between_files_is_reported_where_the_last_of_them_speaks(write):
    write("[assumptions]\ngap_stopp = 0.006", "a.toml")
    with pytest.raises(ScenarioError, match=r"^b\.toml:3:13: gap_stopp = 0\.006 is above gap_start = 0\.005"):
        from_file(write("inherits = 'a.toml'\n[assumptions]\ngap_start = 0.005", "b.toml"))


def test_a_circle_of_files_is_refused(write):
    write("inherits = 'b.toml'", "a.toml")
    with pytest.raises(ScenarioError, match=r"inherits, in the end, from itself"):
        from_file(write("inherits = './a.toml'", "b.toml"))


def test_a_chain_may_have_eight_files_and_not_nine(write):
    write("[levers]\nrobek = 0", "0.toml")
    for number in range(1, MAX_INHERITANCE + 1):
        write(f"inherits = '{number - 1}.toml'", f"{number}.toml")
    assert from_file(f"{MAX_INHERITANCE - 1}.toml").values["robek"][0] == 0.0
    with pytest.raises(ScenarioError, match="more than 8 files inherit from each other"):
        from_file(f"{MAX_INHERITANCE}.toml")


OPTIONS = [
    ("dekningsfrist", "40",
     "--set dekningsfrist=40: dekningsfrist = 40 is outside 1 to 10 (kommuneloven § 14-11)."),
    ("dekningfrist", "4",
     "--set dekningfrist=4: unknown lever or assumption 'dekningfrist'. Did you mean 'dekningsfrist'?"),
    ("runs", "4", "--set runs=4: 'runs' is a run setting; use --runs."),
    ("panel", "[]", "--set panel=[]: 'panel' is a run setting; name it under [run] in a scenario file."),
    ("dekningsfrist", "", "--set dekningsfrist=: the value cannot be read; write a number"),
    ("dekningsfrist", "2,5", "--set dekningsfrist=2,5: the value cannot be read"),
    ("dekningsfrist", "2\nx = 3", "--set dekningsfrist=2�x = 3: the value cannot be read"),
    ("dekningsfrist", "2 # two", "--set dekningsfrist=2 # two: the value cannot be read"),
    ("dekningsfrist", "{2026 = ", "--set dekningsfrist={2026 = : the value cannot be read"),
    ("dekningsfrist", "[" * 1500, "--set dekningsfrist=[[["),
    ("dekningsfrist", "nan", "--set dekningsfrist=nan: dekningsfrist = nan is not finite"),
    ("dekningsfrist", "two", "--set dekningsfrist=two: dekningsfrist = two is text"),
    ("dekningsfrist", "{2026 = 2, 2099 = 4}",
     "--set dekningsfrist={2026 = 2, 2099 = 4}: '2099' in dekningsfrist is not"),
    ("gap_stopp", "0.02", "--set gap_stopp=0.02: gap_stopp = 0.02 is above gap_start = 0.00"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "sentence"), OPTIONS)
def test_a_bad_option_costs_one_sentence_that_names_it(write, name, value, sentence):
    with pytest.raises(ScenarioError) as caught:
        from_file(write(""), {name: value})
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(("name", "value"), [("runs", 0), ("years", 26), ("seed", -1), ("start", "mean")])
def test_a_bad_run_option_is_named(write, name, value):
    with pytest.raises(ScenarioError, match=f"^--{name}: {name} = {value} is"):
        from_file(write(""), run={name: value})


def test_folders_missing_files_and_pipes_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    for name, words in (
        ("", "is a folder"),
        ("no.toml", "no such file"),
        ("pipe.toml", "is not an ordinary file"),
    ):
        with pytest.raises(ScenarioError, match=words):
            from_file(tmp_path / name)
    for name in ("a\0b", "x" * 5000, ""):
        with pytest.raises(ScenarioError):
            from_file(name)


def test_a_misspelt_file_gets_its_neighbours_of_almost_that_name(write):
    write("[levers]")
    for name, said in (
        ("deadlin.toml", "deadlin.toml: there is no such file; did you mean deadline.toml?"),
        ("a/deadlin.toml", "a/deadlin.toml: there is no such file (see `list scenarios`)."),
        ("points.csv", "points.csv: there is no such file; check the name and the folder."),
    ):
        with pytest.raises(ScenarioError) as refused:
            from_file(name)
        assert str(refused.value) == said


def test_equalisation_that_takes_all_of_the_last_krone_is_refused():
    values = {name: resolve(param, None, YEARS) for name, param in PARAMS.items()}
    check_consistency(values, YEARS)
    with pytest.raises(BadValue, match="utjevningsgrad \\+ utjevning_tillegg = 1 in 2026"):
        check_consistency(values | {"utjevning_tillegg": (0.36,) * 10}, YEARS)
