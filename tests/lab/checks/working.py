# SPDX-License-Identifier: LGPL-2.1-or-later
"""A machine whose devices work: every one is bound, on the given path, in a group of the given type, and all right."""

import failures


def check(machine, path, group_type):
  """path: what the kernel does, group_type: what sysfs says, or "none" where there are no groups."""
  event = machine.kernel_log("event 0x.. received")
  machine.expect("the machine is what it should be: no SMMU event", event is None, event)
  for name, driver in machine.functions():
    machine.expect_device(name, driver, driver=driver, probe="bound", verdict="ok", **machine.seen(path),
                          iommu_group_type=None if group_type == "none" else group_type)

  status = machine.status("report.json")
  machine.expect("exit status 0", status == 0, status)
  failures.check_logs(machine, None)
  if machine.observable:
    check_refusals(machine)


def check_refusals(machine):
  """Where the kernel cannot be read, the report says exactly why, and infers."""
  for name, words in (("user", "needs root"), ("kptr", "kptr_restrict"), ("kprobes", "never fired"),
                      ("lockdown", "locked down (confidentiality)")):
    report = machine.json(name + ".json")
    details = [record.get("detail") for record in report.get("evidence", []) if record.get("key") == "dma"]
    machine.expect(f"{name}: '{words}'", len(details) == 1 and words in details[0], details)
    bases = {device.get("basis") for device in report.get("devices", [])}
    machine.expect(f"{name}: the paths are inferred", bases == {"inferred"}, bases)
  machine.expect("--observe=always fails where it cannot", machine.status("always.txt") == 2, machine.status("always.txt"))
