# SPDX-License-Identifier: LGPL-2.1-or-later
"""What watch counted while disks were read: the right devices, their bytes, their path; and what watching cost."""

import json
import pathlib
import statistics

import jsonschema

# What watching may cost. An emulator on a host with other work tells that only where its own times differ by less.
BUDGET_PERCENT = 5
ROUNDS = 1, 2, 3
REPORT_SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "lib/render/xen-dmacheck-1.schema.json"
SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "lib/render/xen-dmacheck-watch-1.schema.json"


def check(machine, path, seen, lists="whole"):
  """path: what the report says of the disks' devices; seen: what was seen when they mapped; lists: "partly" counted?"""
  check_form(machine)
  check_bytes(machine, path, seen, lists == "partly")
  check_replugged(machine, lists == "partly")
  check_report(machine, seen)
  check_overhead(machine)
  check_runs(machine)
  check_table(machine)
  check_refusals(machine)


def intervals(machine, name):
  """The objects of that file."""
  return [json.loads(line) for line in (machine.text(name) or "").splitlines()]


def check_form(machine):
  """An object an interval, for as long as was asked, by the schema."""
  status, messages = machine.status("watch.jsonl"), machine.one_line(machine.text("watch.jsonl.err"))
  machine.expect("watch: exit status 0, no message", status == 0 and not messages, f"status {status}, {messages!r}")
  lines = intervals(machine, "watch.jsonl")
  seconds = [round(line["seconds"], 2) for line in lines]
  machine.expect(f"watch --interval 2 5: intervals of {seconds} s", len(lines) == 3 and 4.9 < sum(seconds) < 6, seconds)
  refused = lines[0]["not_watched"] if lines else None
  machine.expect("watch: the kernel let all be watched", refused == [], refused)


def sectors(machine):
  """What the kernel says was read while watched: disk -> (path of its block device, bytes)."""
  found = {}
  for line in (machine.text("sectors.txt") or "").splitlines():
    _, when, disk, path, count = line.split()
    _, before = found.get(disk, ("", 0))
    found[disk] = path.removeprefix("/sys"), before + 512 * int(count) * (1 if when == "after" else -1)
  return found


def check_bytes(machine, path, seen, partly):
  """Each disk's PCI function mapped what was read from the disk, and nothing else did more than a little."""
  lines = [line for number in ROUNDS for line in intervals(machine, f"watched-{number}.jsonl")]
  validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
  wrong = [error.message for line in lines for error in validator.iter_errors(line)]
  machine.expect(f"{len(lines)} intervals by the schema", lines and not wrong, wrong[:3])
  total, devices = {}, {}
  for line in lines:
    for device in line["devices"]:
      total[device["path"]] = total.get(device["path"], 0) + device["bytes"]
      devices[device["path"]] = device
  read = sectors(machine)
  machine.expect("the machine is what it should be: disks were read", read and all(count > 0 for _, count in read.values()), read)
  for disk, (block, count) in read.items():
    # The function is the last device above the disk that mapped anything.
    function = max((above for above in total if above and block.startswith(above + "/")), key=len, default=None)
    mapped = total.pop(function, 0)
    device = devices.get(function, {})
    partial = sum(item["partial_maps"] for line in lines for item in line["devices"] if item["path"] == function)
    # virtio maps a request's head and status, too.
    least = 1 if partly and partial else count
    machine.expect(f"{disk}: {device.get('name')} mapped {mapped} bytes, {count} were read", least <= mapped <= count * 1.02)
    found = device.get("dma_path"), ",".join(device.get("seen", []))
    machine.expect(f"{disk}: path {path}, seen {seen}", found == (path, seen), found)
    machine.expect(f"{disk}: confined by an IOMMU: {seen == 'iommu'}", device.get("confined") is (seen == "iommu"),
                   device.get("confined"))
    machine.expect(f"{disk}: {partial} lists were not counted whole", partly or not partial)
  print("     others:", {path and path.rsplit("/", 1)[1]: count for path, count in total.items()})
  machine.expect("nothing of devices that are not known", None not in total, total.get(None))


def check_report(machine, seen):
  """report --watch: the disks' functions did DMA, by that path, and nothing is told that the kernel's pointers deny."""
  report = json.loads(machine.text("report-watched.json") or "{}")
  errors = [error.message for error in jsonschema.Draft202012Validator(json.loads(REPORT_SCHEMA.read_text())).iter_errors(report)]
  machine.expect("report --watch: by the schema", report and not errors, errors[:3])
  machine.expect("report --watch 4: so long", 4 <= report.get("watched_seconds", 0) < 6, report.get("watched_seconds"))
  devices = {device["path"]: device for device in report.get("devices", [])}
  for disk, (block, _) in sectors(machine).items():
    function = max((path for path in devices if "activity" in devices[path] and block.startswith(path + "/")), key=len, default=None)
    device = devices.get(function, {})
    told = device.get("dma"), device.get("dma_because", "")[:6], device.get("activity", {}).get("seen")
    machine.expect(f"report --watch: {disk} is read through {device.get('name')}, seen {seen}", told == ("yes", "it did", [seen]), told)
  mismatch = [finding["subject"] for finding in report.get("findings", []) if finding["id"] == "XDC-MODEL-MISMATCH"]
  machine.expect("report --watch: inferred as observed", not mismatch, mismatch)


def check_replugged(machine, partly):
  """A device that went and came again: its bytes are its own, and what was counted before is nobody's now."""
  total = {}
  for line in intervals(machine, "replugged.jsonl"):
    for device in line["devices"]:
      total[device["name"]] = total.get(device["name"], 0) + device["bytes"]
  mapped = total.get("0000:00:02.0", 0)
  least = 1 if partly else 1 << 24
  # 16 MiB, and what its driver asks it when it is probed.
  machine.expect(f"0000:00:02.0, removed and found again, mapped {mapped} bytes", least <= mapped < 20 << 20)
  machine.expect("nothing of what is not known", None not in total, total)


def check_overhead(machine):
  """The usual read with and without, by turns; not told where those without differ among themselves by more than the budget."""
  times = {}
  for line in (machine.text("times.txt") or "").splitlines():
    disk, when, time = line.split()
    times.setdefault((disk, when), []).append(int(time))
  for disk in machine.disks:
    watched, without = times.get((disk, "with"), []), times.get((disk, "without"), [])
    if not watched or len(without) < 2:
      machine.expect(f"{disk}: timed", False, times)
      continue
    usual = statistics.median(without)
    percent = 100 * (statistics.median(watched) - usual) / usual
    noise = 100 * (max(without) - min(without)) / usual
    what = (f"{disk}: 256 MiB in {usual / 100:.2f} s, in {statistics.median(watched) / 100:.2f} s while watched: {percent:+.1f} %, "
            f"budget {BUDGET_PERCENT} %, the host's own difference {noise:.1f} %")
    if noise > BUDGET_PERCENT:
      print("     " + what + ": this host tells nothing")
    else:
      machine.expect(what, percent <= BUDGET_PERCENT + noise)


def check_runs(machine):
  """What cannot be noise: the tables' functions are left alone once paths are known, and how long the programs ran."""
  probes = (machine.text("probes.txt") or "").splitlines()
  left = [line for line in probes if any(name in line for name in ("xen_swiotlb_", "iommu_", "arm_dma_", "arm_coherent_"))]
  machine.expect(f"while disks are read, none of {len(probes)} probes is on a table's function", probes and not left, left)
  runs = [line.split() for line in (machine.text("runs.txt") or "").splitlines()]
  if [line[0] for line in runs] != ["before", "after"]:
    machine.expect("the programs' runs were counted", False, runs)
    return
  hundredths, count, ns = (int(after) - int(before) for before, after in zip(runs[0][1:], runs[1][1:]))
  percent = ns / 1e5 / max(hundredths, 1)
  machine.expect(f"{count} runs of the programs, {ns / max(count, 1):.0f} ns each, took {percent:.2f} % of {hundredths / 100:.1f} s",
                 count and percent <= BUDGET_PERCENT, runs)


def check_table(machine):
  """What was drawn on the console, and that its last line is behind it."""
  drawn = (machine.text("boot.log") or "").partition("@@table\n")[2].partition("@@table ends: ")
  machine.expect("on a terminal: a table", "MAPS/s" in drawn[0] and "BOUNCED" in drawn[0], drawn[0][:200])
  machine.expect("on a terminal: exit status 0", drawn[2].startswith("0"), drawn[2][:20])


def check_refusals(machine):
  """Where it may not watch it says why, and where only names of functions are hidden it watches."""
  for name, words in (("user", "needs root"), ("kprobes", "never fired"), ("lockdown", "locked down (confidentiality)")):
    status, messages = machine.status(f"watch-{name}.txt"), machine.one_line(machine.text(f"watch-{name}.txt.err"))
    machine.expect(f"watch, {name}: '{words}', exit status 2", status == 2 and words in messages, f"status {status}, {messages!r}")
  status = machine.status("watch-kptr.jsonl")
  machine.expect("watch with kernel.kptr_restrict=2: exit status 0", status == 0, status)
