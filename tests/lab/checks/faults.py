# SPDX-License-Identifier: LGPL-2.1-or-later
"""xenstored that stops or dies while it is read, devices that come and go, two at once, many in a row: what is said then is
right or said to be unknown, comes in time, and leaves nothing."""

import json
import pathlib
import re
import sys
import tarfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "faults"))
import traces  # noqa: E402  pylint: disable=import-error,wrong-import-position

MOVING = "0000:00:02.0", "0000:00:03.0", "0000:00:04.0"
COMMANDS = "report", "bundle", "preflight", "explain", "watch"
# What caches and lists of free pages make of it; of 52 programs, or bundles, left in the kernel it would be more.
GROWTH_KIB = 16 << 10


class Answer:
  """What one run said, and how it ended."""

  def __init__(self, name, files):
    self.name = name
    self.files = {file for file in files if file not in (".out", ".err", ".ended", ".left", ".trace")}
    self.out, self.err, ended, self.left, self.trace = (
      files.get(file, b"").decode(errors="backslashreplace") for file in (".out", ".err", ".ended", ".left", ".trace"))
    self.status, began, end = map(int, ended.split()) if ended else (None, 0, 0)
    self.seconds = (end - began) / 100

  def json(self):
    """What it said, parsed; empty where that is no JSON."""
    try:
      return json.loads(self.out)
    except ValueError:
      return {}

  def devices(self):
    """The devices of a report by their path."""
    return {device["path"]: device for device in self.json().get("devices", [])}

  def evidence(self):
    """The status of each record of a report."""
    return {record["key"]: record["status"] for record in self.json().get("evidence", [])}

  def findings(self):
    """The ids of a report's findings."""
    return {finding["id"] for finding in self.json().get("findings", [])}


def read_answers(machine):
  """Each run by its name."""
  files = {}
  for path in machine.results.glob("asked*.tar"):
    with tarfile.open(path) as archive:
      for member in archive:
        if member.isfile():
          _, run, file = member.name.split("/", 2)
          files.setdefault(run, {})[file] = archive.extractfile(member).read()
          if file == "out":
            (machine.results / f"{run}.tar.zst").write_bytes(files[run][file])
  return {run: Answer(run, contents) for run, contents in files.items()}


def check(machine):
  """All of it."""
  answers = read_answers(machine)
  machine.answers = answers
  for command in COMMANDS:
    # The guest would not start: nobody runs xenconsoled.
    right = int(command == "preflight")
    alone = answers.get(f"alone-{command}")
    machine.expect(f"{command} alone: exit status {right}", alone and alone.status == right, alone and alone.status)
  if not all(f"alone-{command}" in answers for command in COMMANDS):
    return
  check_ends(machine)
  check_xenstored(machine)
  check_together(machine)
  check_row(machine)
  check_moving(machine)
  for command in COMMANDS:
    check_traced(machine, command)


def check_ends(machine):
  """Each run: in its time, whole files or none, no helper left, no word on standard error that is not for its status."""
  limit = int(machine.text("seconds") or 0)
  slowest = max(machine.answers.values(), key=lambda answer: answer.seconds if not answer.trace else 0)
  wrong = []
  for answer in machine.answers.values():
    whole = {"out"} if "bundle" in answer.name and not answer.name.startswith("with-") else set()
    problems = [f"status {answer.status}"] if answer.status not in (0, 1, 3) else []
    problems += [f"left {sorted(answer.files)}, not {sorted(whole)}"] if answer.files != whole else []
    problems += ["left a bundle that cannot be read"] if whole and not machine.evidence(f"{answer.name}.tar.zst") else []
    problems += [f"took {answer.seconds} s"] if not answer.trace and answer.seconds >= limit else []
    problems += [f"left the helper {answer.left}"] if answer.left.strip() else []
    problems += [f"said {answer.err[:200]}"] if answer.err else []
    if problems:
      wrong.append(f"{answer.name}: {', '.join(problems)}")
  machine.expect(f"{len(machine.answers)} runs end within {limit} s ({slowest.name}: {slowest.seconds} s), and leave what they should",
                 not wrong, "; ".join(wrong))


def check_xenstored(machine):
  """What is lost with xenstored is told, and nothing else is another."""
  alone = machine.answers["alone-report"]
  in_midst = []
  for answer in machine.answers.values():
    how, _, rest = answer.name.partition("-")
    lost = {"stopped": "timeout", "killed": "absent", "stuck": "timeout"}.get(how)
    if not lost:
      continue
    if rest.startswith("report"):
      found = answer.evidence()
      in_midst += [answer.name] if found.get("xenstore:/local/domain") == "ok" else []
      new = answer.findings() - alone.findings()
      machine.expect(f"{answer.name}: xenstore {lost}, exit status 1, XDC-XENSTORED-DOWN, each device as alone",
                     (found.get("xenstore"), answer.status, new) == (lost, 1, {"XDC-XENSTORED-DOWN"}) and
                     # Whether Xen has an IOMMU was not asked, either.
                     (how == "stuck" or answer.devices() == alone.devices()), (found.get("xenstore"), answer.status, new))
    elif rest.startswith("bundle"):
      found = machine.evidence(f"{answer.name}.tar.zst").get("xenstore")
      machine.expect(f"{answer.name}: xenstore {lost}, exit status 0", (found, answer.status) == (lost, 0),
                     (found, answer.status))
    elif rest.startswith("preflight"):
      told = outcomes(answer) - outcomes(machine.answers["alone-preflight"])
      machine.expect(f"{answer.name}: {sorted(told)}", answer.status in (1, 3) and told, answer.status)
    else:
      machine.expect(f"{answer.name}: exit status 0", answer.status == 0, answer.status)
  machine.expect(f"the machine is what it should be: {in_midst} in the midst of it",
                 {name.partition("-")[0] for name in in_midst} == {"stopped", "killed"})


def outcomes(answer):
  """What pre-flight says of the guests: check and result."""
  return {(check["id"], check["result"]) for guest in answer.json().get("guests", []) for check in guest["checks"]}


def said(answer):
  """What a report says, but for when, and how much each record holds: the logs grow."""
  report = dict(answer.json())
  report.get("host", {}).pop("recorded", None)
  report["evidence"] = [(record["key"], record["status"]) for record in report.get("evidence", [])]
  return report


def check_together(machine):
  """Two runs at once: each says what it says alone."""
  alone = said(machine.answers["alone-report"])
  for name in ("with-report", "beside-report", "with-bundle", "with-watch", "settled"):
    found = said(machine.answers[name])
    machine.expect(f"{name}: says what a report alone says", found == alone,
                   [key for key in alone if found.get(key) != alone[key]])
  for name, command in (("beside-bundle", "bundle"), ("beside-watch", "watch")):
    machine.expect(f"{name}: exit status 0", machine.answers[name].status == 0, machine.answers[name].status)
  recorded = [set(machine.evidence(f"{name}.tar.zst").items()) for name in ("alone-bundle", "beside-bundle")]
  machine.expect("two bundles hold the same records", recorded[0] and recorded[0] == recorded[1],
                 sorted(recorded[0] ^ recorded[1]))


def check_row(machine):
  """Many runs: all end alike, and the machine is what it was."""
  row = [line.split() for line in (machine.text("row") or "").splitlines()]
  wrong = [line for line in row if int(line[1]) != machine.answers[f"alone-{line[0]}"].status]
  machine.expect(f"{len(row)} runs in a row: exit statuses as alone", len(row) >= 50 and not wrong, wrong)
  before, after = ((machine.text(f"state-{when}") or when).splitlines() for when in ("before", "after"))
  machine.expect("the machine is what it should be: its state has probes, programs, mounts, xenstore and event channels",
                 all(re.search(pattern, "\n".join(before), re.M) for pattern in
                     ("^xen_privcmd", "^/local/domain/0/name", "^xen-dyn", " /proc/xen ", "^/dev/xen/privcmd")), len(before))
  machine.expect(f"state of {len(before)} lines, the same afterwards", before == after, sorted(set(before) ^ set(after)))
  sizes = [{line.split()[0]: int(line.split()[1]) for line in (machine.text(f"memory-{when}") or "").splitlines()}
           for when in ("before", "after")]
  grown = {name: sizes[1].get(name, 0) - size for name, size in sizes[0].items()}
  grown["MemFree:"] = -grown.get("MemFree:", 0)
  machine.expect(f"memory, in KiB: {grown}", len(grown) > 3 and max(grown.values()) < GROWTH_KIB, grown)


def contradictions(machine, answer):
  """What in a report does not go together, or is another without that something has moved."""
  alone = machine.answers["alone-report"]
  devices = answer.devices()
  names = {device["name"] for device in devices.values()}
  for path, device in alone.devices().items():
    # Below one that moves, or above it: why a bridge does DMA is what is behind it.
    moves = any(f"/{name}" in path for name in MOVING) or any(other.startswith(path + "/") for other in alone.devices())
    if not moves and devices.get(path) != device:
      yield f"{device['name']}: {devices.get(path)}"
  for device in devices.values():
    name = device["name"]
    if bool(device["driver"]) != (device["probe"] == "bound"):
      yield f"{name}: driver {device['driver']}, probe {device['probe']}"
    if device["verdict"] not in ("ok", "idle", "unknown"):
      yield f"{name}: {device['verdict']}"
    if device["observed_path"] not in (None, "unknown", device["inferred_path"], "none" if not device["driver"] else None):
      yield f"{name}: observed {device['observed_path']}, inferred {device['inferred_path']}, driver {device['driver']}"
  for finding in answer.json().get("findings", []):
    if finding["id"] not in alone.findings() or finding["subject"] and finding["subject"] not in names:
      yield f"{finding['id']}: {finding['subject']}"
  lost = [key for key, status in answer.evidence().items() if status != "ok" and alone.evidence().get(key, "ok") == "ok"]
  if answer.status != 0 and not (answer.status == 3 and lost):
    yield f"status {answer.status}, lost {lost}"


def check_moving(machine):
  """Devices that come and go while a report is made: each is there, or is not, and nothing is held against it."""
  runs = [answer for name, answer in machine.answers.items() if name.startswith("moving-")]
  rounds = len((machine.text("rounds") or "").splitlines())
  seen = {name: {next((device["driver"] or "no driver" for device in answer.devices().values() if device["name"] == name), "gone")
                 for answer in runs} for name in MOVING}
  machine.expect(f"the machine is what it should be: in {rounds} rounds, of which {len(runs)} reports saw {seen}",
                 len(runs) == 20 and rounds > 20 and any(len(states) > 1 for states in seen.values()))
  wrong = [f"{answer.name}: {problem}" for answer in runs for problem in contradictions(machine, answer)]
  machine.expect("nothing in them is a contradiction", not wrong, "; ".join(wrong)[:3000])


def check_traced(machine, command):
  """It opens nothing for writing but what it must, and sends xenstored what reads."""
  trace = machine.answers[f"traced-{command}"].trace if f"traced-{command}" in machine.answers else ""
  changes = list(traces.changes(trace))
  machine.expect(f"{command}, {trace.count(chr(10))} system calls: none changes anything", len(trace) > 1000 and not changes,
                 changes[:5])
  asks = {"preflight": ("/dev/xen/privcmd",)}.get(command, ("/dev/xen/privcmd", "BPF_PROG_LOAD"))
  machine.expect(f"the machine is what it should be: {command} uses {asks}", all(word in trace for word in asks))
  sent = set(traces.sent(trace))
  machine.expect(f"{command}: sends xenstored {sorted(traces.READING.get(kind, kind) for kind in sent)}",
                 sent and sent <= set(traces.READING), sent)
