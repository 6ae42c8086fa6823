# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the helper reads is what Xen's own tools say; and one that cannot be killed costs no more than its time."""


def records(text):
  """The status of each record of a recording, by its key."""
  fields = [line.split("\t") for line in (text or "").split("\n")]
  return {line[0]: line[1] for line in fields if len(line) == 5}


def field(text, name):
  """The first field of that name in a recording."""
  return next((line.partition("=")[2] for line in (text or "").split("\n") if line.startswith(name + "=")), None)


def check(machine):
  """All of it."""
  hypervisor = machine.text("hypervisor.txt") or ""
  found = records(hypervisor)
  keys = {"xen", *(f"xen:{key}" for key in ("interfaces", "version", "physinfo", "domains", "console"))}
  machine.expect("the hypervisor answers everything", found == dict.fromkeys(keys, "ok"), found)
  info = dict(map(str.strip, line.split(":", 1)) for line in (machine.text("xl-info.txt") or "").split("\n") if ":" in line)
  for name, right in (("major", info.get("xen_major")), ("minor", info.get("xen_minor")), ("nr_cpus", info.get("nr_cpus")),
                      ("directio", str(int("directio" in info.get("virt_caps", "")))), ("accepted", "1")):
    machine.expect(f"{name} is {right}, as xl info has it", field(hypervisor, name) == right, field(hypervisor, name))
  ring, again, right = ([line for line in (machine.text(name) or "").split("\n") if line.startswith("(XEN)")]
                        for name in ("hypervisor.txt", "hypervisor-again.txt", "xl-dmesg.txt"))
  machine.expect("the console ring is that of xl dmesg, and still there afterwards",
                 right and ring[:len(right)] == right and again[:len(right)] == right, ring[:1])

  xenstore = machine.text("xenstore.txt") or ""
  machine.expect("xenstore answers", records(xenstore).get("xenstore") == "ok", records(xenstore))
  machine.expect("dom0 has its name", field(xenstore, "0/name") == "Domain-0", field(xenstore, "0/name"))
  machine.expect("the disk's backend is there", field(xenstore, "vbd/1/51712/params") == "/dev/nvme0n1")
  machine.expect("no password is", machine.bundle() and "hunter2" not in xenstore and b"hunter2" not in machine.bundle())

  machine.expect("the machine is what it should be: the helper waits where no signal ends it",
                 (machine.text("stuck.states") or "").count("D (disk sleep)") == 1, machine.one_line(machine.text("stuck.states")))
  stuck = machine.evidence("stuck.tar.zst")
  for key in "xen", "xen:physinfo", "xenstore":
    machine.expect(f"{key}: timeout", stuck.get(key) == "timeout", stuck.get(key))
  times = [float(time) for time in (machine.text("stuck.times") or "0").split()]
  machine.expect("the tool ends within 10 s", max(times) - min(times) < 10 and machine.status("stuck.txt") == 0, times)
