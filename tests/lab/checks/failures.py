# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is said of each failure that a machine's script has caused: the first thing told is its cause, and confirmed."""

import re

# The failure; the entry that tells it; how the cause begins that has to stand first.
PRIVCMD = "XDC-PRIVCMD-MISSING", "The kernel modules xen-privcmd and xenfs are not loaded"
XENFS_DOWN = "XDC-XENSTORED-DOWN", "xenstored could not start: xenfs is not mounted"
DOWN = "XDC-XENSTORED-DOWN", "xenstored was never started, or has ended"
MISMATCH = "XDC-TOOLS-MISMATCH", "The tools (libxenctrl) belong to another Xen release"
OF_ANOTHER_RELEASE = "XDC-INIT-DOM0", "The tools, or the xenstored that runs, are of another Xen release"
FILE = "XDC-GUEST-FILE-MISSING", "The path in kernel= or ramdisk= is wrong"
DISK = "XDC-DISK-PATH", "The path is mistyped"
NO_IOMMU = "XDC-ASSIGN-NO-IOMMU", "The IOMMU is switched off in the firmware, or the machine has none"
BRIDGE = "XDC-NO-BRIDGE", "vif= names a bridge that is not there"
NO_DRIVER = "XDC-BACKEND-NOT-READY", "The backend driver is not loaded in dom0"
EXPECTED = {
  "no-privcmd": PRIVCMD,
  "no-gntdev": ("XDC-XENSTORED-NO-DEVICE", "The kernel modules xen-evtchn and xen-gntdev are not loaded"),
  "no-xenfs-module": ("XDC-XENFS-MISSING", "The module xenfs is not loaded"),
  "no-xenfs": ("XDC-XENFS-MISSING", "xenfs is not mounted on /proc/xen"),
  "no-xenfs-create": XENFS_DOWN,
  "no-xenstored": DOWN,
  "no-xenstored-dmesg": DOWN,
  "no-init-dom0": ("XDC-INIT-DOM0", "The service xen-init-dom0 (or xencommons) did not run"),
  "no-xenconsoled": ("XDC-CONSOLED-DOWN", "xenconsoled does not run"),
  "not-root": ("XDC-NOT-ROOT", "An ordinary user ran xl"),
  "syntax": ("XDC-CONFIG-SYNTAX", "A syntax error in that line"),
  "no-configuration": ("XDC-CONFIG-MISSING", "The path is wrong"),
  "memory-much": ("XDC-GUEST-NO-MEMORY", "The host's memory is taken"),
  "memory-little": ("XDC-GUEST-TOO-SMALL", "memory= is less than kernel and ramdisk take"),
  "kernel-missing": FILE,
  "ramdisk-missing": FILE,
  "kernel-ramdisk": ("XDC-KERNEL-NOT-USABLE", "It is no kernel"),
  "hvm": ("XDC-HVM-FIRMWARE-MISSING", "hvmloader, or the BIOS, is not installed"),
  "disk-missing": DISK,
  "disk-device-missing": DISK,
  "disk-qcow2": ("XDC-DEVICE-MODEL-MISSING", "No QEMU for Xen is installed"),
  "pci": NO_IOMMU,
  "dtdev": NO_IOMMU,
  "passthrough": NO_IOMMU,
  "no-blkback": NO_DRIVER,
  "no-netback": NO_DRIVER,
  "bridge": BRIDGE,
  "bridge-usual": BRIDGE,
  "no-bash": ("XDC-SCRIPT-MISSING", "The script, or the interpreter that its first line names"),
  "name": ("XDC-NAME-IN-USE", "The guest is running"),
  "mem-set": ("XDC-XL-DEFBOOL", "A bug of libxl on Arm"),
  "killed": DOWN,
  # Of mismatch.sh.
  "unnamed": OF_ANOTHER_RELEASE,
  "refused": MISMATCH,
  "vcpu-list": MISMATCH,
  "list-long": MISMATCH,
  # That xenstored has lost the pool by then.
  "half-upgraded-again": OF_ANOTHER_RELEASE,
  "half-upgraded": ("XDC-XENSTORED-OLD", "Hypervisor and xl are new, xenstored and xenconsoled are still the old ones"),
}
# Tools that say nothing: what the note names.
NOTED = {"no-xenstored-list": "XDC-XENSTORED-DOWN"}
# The errors of the report in a state of the toolstack.
REPORTED = {
  "no-privcmd": {"XDC-PRIVCMD-MISSING", "XDC-XENFS-MISSING", "XDC-XENSTORED-DOWN"},
  "no-xenfs-module": {"XDC-XENFS-MISSING", "XDC-XENSTORED-DOWN"},
  "no-xenfs": {"XDC-XENFS-MISSING", "XDC-XENSTORED-DOWN"},
  "no-xenstored": {"XDC-XENSTORED-DOWN"},
  "no-init-dom0": {"XDC-INIT-DOM0"},
  "killed": {"XDC-XENSTORED-DOWN"},
  "unnamed": {"XDC-TOOLS-MISMATCH"},
  "half-upgraded": {"XDC-TOOLS-MISMATCH"},
}


def first_said(text):
  """The first thing that the tool complained of."""
  lines = [line for line in (text or "").splitlines()
           if line and not line.startswith(("Parsing config", "[")) and not re.search(r"(debug|detail): ", line)]
  return re.sub(r"^libxl: error: [^ ]*: ", "", lines[0]) if lines else "nothing"


def first_told(explanation):
  """The entry, and its first cause with its state; nothing of these where nothing is told."""
  match = (explanation.get("matches") or [{}])[0]
  cause = (match.get("causes") or [{}])[0]
  return match.get("id"), cause.get("text"), cause.get("status")


def check_told(machine, name, expected):
  """One explanation of one failure."""
  explanation = machine.json(name + ".json")
  entry, cause, status = first_told(explanation)
  right = entry == expected[0] and status == "confirmed" and str(cause).startswith(expected[1])
  machine.expect(f"{name}: {expected[0]}, confirmed: {expected[1]}", right, f"{entry}, {status}: {cause}")


def check_failure(machine, failure):
  """What is said of it as it comes, and of the file."""
  name = failure.removesuffix("-vvv")
  print(f"     {failure}: {first_said(machine.text(failure + '.log'))[:100]}; "
        "%s: %.60s (%s)" % first_told(machine.json(failure + ".pipe.json")))
  for explained in failure, failure + ".pipe":
    if explained == failure and machine.text(failure + ".json") is None:
      continue
    if name in NOTED:
      notes = machine.json(explained + ".json").get("notes")
      machine.expect(f"{explained}: nothing is told but a note of {NOTED[name]}", NOTED[name] in str(notes), notes)
    else:
      check_told(machine, explained, EXPECTED.get(name, ("no such failure", "")))


def check_logs(machine, expected):
  """What is said of the machine's own logs, and of the kernel's alone; expected is an entry and a cause, or nothing."""
  for name in "explained-live", "explained-dmesg":
    if expected:
      check_told(machine, name, expected)
      continue
    grave = [match.get("id") for match in machine.json(name + ".json").get("matches", [{"severity": "no answer"}])
             if match.get("severity") not in ("info", "notice")]
    machine.expect(f"{name}: nothing graver than a notice", not grave, grave)


def check(machine):
  """Every failure that the script caused, each of which has to be known here."""
  failures = (machine.text("failures") or "").split()
  machine.expect("the script has caused failures", failures)
  for failure in failures:
    check_failure(machine, failure)
  if machine.text("no-xenstored-live.json"):
    check_told(machine, "no-xenstored-live", DOWN)
  if machine.text("not-root.report.json"):
    machine.expect("report at not-root: XDC-NOT-ROOT", "XDC-NOT-ROOT" in machine.findings("not-root.report.json"))
  for name, findings in REPORTED.items():
    if machine.text(name + ".report.json"):
      found = {finding.get("id") for finding in machine.json(name + ".report.json").get("findings", [])
               if finding.get("severity") == "error"}
      machine.expect(f"report at {name}: error {sorted(findings)}", found == findings, sorted(map(str, found)))
