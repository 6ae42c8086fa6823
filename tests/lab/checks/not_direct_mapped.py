# SPDX-License-Identifier: LGPL-2.1-or-later
"""A dom0 of coloured memory: not mapped 1:1, and no IOMMU of Xen's translates for it."""


def check(machine):
  """Bound devices take the direct path, which leads to other memory."""
  xen = (machine.report.get("host") or {}).get("xen") or {}
  machine.expect("host.xen.direct_mapped: false", xen.get("direct_mapped") is False, xen)
  machine.expect("host.xen.drives_iommu: false", xen.get("drives_iommu") is False, xen)
  bound = [name for name, driver in machine.functions() if driver != "none bound"]
  machine.expect("the machine is what it should be: functions are bound", len(bound) > 1, bound)
  for name in bound:
    machine.expect_device(name, "goes astray", observed_path="direct", basis="observed", own_memory="broken", verdict="broken")
  subjects = machine.subjects("XDC-NOT-DIRECT-MAPPED", "error")
  machine.expect(f"error XDC-NOT-DIRECT-MAPPED for {' '.join(bound)}", set(bound) <= subjects, subjects)
  machine.expect("exit status 1", machine.status("report.json") == 1, machine.status("report.json"))
