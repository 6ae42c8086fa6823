# SPDX-License-Identifier: LGPL-2.1-or-later
"""What holds on every machine."""

import re


def check(machine):
  """All of it."""
  vain = machine.text("in-vain")
  machine.expect("the machine came to the state it was waited for", vain is None, machine.one_line(vain))
  check_commands(machine)
  check_host(machine)
  check_sysfs(machine)
  if machine.observable:
    check_inference(machine)
  check_disks(machine)


def check_commands(machine):
  """The commands say what they should, and leave the machine as it was."""
  for name in "report.txt", "report.json", "inferred.json", "bundle.txt":
    messages = machine.one_line(machine.text(name + ".err"))
    status = machine.status(name)
    machine.expect(f"{name}: ends within its time, no message on stderr", status in range(124) and not messages,
                   f"status {status}, {messages!r}")
  schema = machine.report.get("schema")
  machine.expect("report.json is the contract's JSON", schema == "xen-dmacheck/1", schema)
  statuses = [machine.status(name) for name in ("report.txt", "report.json")]
  machine.expect("table and JSON give the same exit status", statuses[0] == statuses[1], statuses)
  status = machine.status("bundle.txt")
  machine.expect("bundle: exit status 0, and a file", status == 0 and machine.text("bundle.tar.zst"), status)
  before, after = (set((machine.text(name) or name).splitlines()) for name in ("before", "after"))
  if machine.observable:
    bench = machine.text("bench.txt") or ""
    print("     " + bench.strip().replace("\n", "\n     "))
    machine.expect("bench.txt observed the devices", "observed" in bench, machine.one_line(bench))
  if machine.status("compare.txt") is not None:
    # The last two lines are how it was learned, and the score; those before, what differs.
    compared = (machine.text("compare.txt") or "").strip().split("\n")
    print("     " + "\n     ".join(compared[-2:]))
    machine.expect("observed without the kernel's type information is what is observed with it",
                   machine.status("compare.txt") == 0, "; ".join(compared))
  machine.expect("no probe, program or module stays in the kernel", before == after, sorted(before ^ after))
  wrong = machine.findings() & {"XDC-INIT-DOM0", "XDC-NOT-ROOT", "XDC-PRIVCMD-MISSING", "XDC-XENFS-MISSING", "XDC-XENSTORED-DOWN"}
  machine.expect("no finding about a toolstack that works", not wrong, sorted(wrong))


def check_host(machine):
  """Kernel and hypervisor are those that the kernel's log and xl tell of."""
  host = machine.report.get("host") or {}
  kernel = re.search(r"Linux version (\S+)", machine.text("kmsg.txt") or "")
  machine.expect("host.kernel is the running one", kernel and host.get("kernel") == kernel.group(1), host.get("kernel"))
  found = host.get("xen") or {}
  # Not from xl info: tools of another release say "4.17(null)".
  hypervisor = re.search(r"Xen version (\S+)", machine.text("xl-dmesg.txt") or "")
  if hypervisor:
    right = {"role": "dom0", "version": hypervisor.group(1)}
    machine.expect(f"host.xen: {right}", right.items() <= found.items(), found)
    machine.expect("the machine is what it should be: xl list has Domain-0", "Domain-0" in (machine.text("xl-list.txt") or ""))
  else:
    role = "domU" if (machine.text("hypervisor") or "").strip() == "xen" else "none"
    machine.expect(f"host.xen.role: {role}", found.get("role") == role, found)


def check_sysfs(machine):
  """The PCI functions are all there, with the driver and the group type that sysfs shows."""
  functions = (machine.text("pci.txt") or "").splitlines()
  wrong = []
  for name, driver, group_type in (line.split(",")[:3] for line in functions):
    device = machine.device(name)
    found = tuple(device.get(field, "not there") or "" for field in ("driver", "iommu_group_type"))
    if found != (driver, group_type):
      wrong.append(f"{name} {found}")
  # A guest has none.
  domu = (machine.report.get("host") or {}).get("xen", {}).get("role") == "domU"
  machine.expect(f"driver and group type of {len(functions)} PCI functions", (functions or domu) and not wrong, ", ".join(wrong))


def check_inference(machine):
  """What the model says is what the kernel does, with and without having looked at the kernel."""
  unseen = {device.get("path"): device for device in machine.json("inferred.json").get("devices", [])}
  bases = {device.get("basis") for device in unseen.values()}
  machine.expect("--observe=never only infers", bases == {"inferred"}, bases)
  bound, seen, wrong = 0, 0, {}
  for device in machine.report.get("devices", []):
    observed = device.get("observed_path")
    if observed in (None, "unknown"):
      continue
    # Nothing foretells that a driver attaches its device to an IOMMU itself.
    if any(reason.get("rule") == "driver-attached" for reason in device.get("because") or []):
      print("     not compared, its driver has attached it to an IOMMU:", device.get("name"))
      continue
    seen += 1
    unobserved = unseen.get(device.get("path"), {}).get("dma_path")
    if unobserved != observed:
      wrong[device.get("path")] = f"{device.get('name')}: {observed}, without observing {unobserved}"
    # A device without a driver has no ops; inferred_path is then what a probe would give it, or gave it before it failed.
    if device.get("probe") == "bound":
      bound += 1
      if device.get("inferred_path") != observed:
        wrong[device.get("path")] = f"{device.get('name')}: {observed}, inferred {device.get('inferred_path')}"
  # For lab score.
  print(f"     score: {seen} {bound} {len(wrong)}")
  machine.expect(f"the model agrees with the kernel, {bound} bound devices", bound and not wrong, "; ".join(wrong.values()))
  machine.expect("no finding XDC-MODEL-MISMATCH", "XDC-MODEL-MISMATCH" not in machine.findings())


def check_disks(machine):
  """The disks that should work could be read, and what was read is what they hold."""
  found = dict(reversed(line.split()) for line in (machine.text("disks.md5") or "").splitlines())
  for disk in machine.disks:
    machine.expect(f"{disk} can be read", found.get(disk) == machine.image_md5, f"md5 {found.get(disk)}, not {machine.image_md5}")
