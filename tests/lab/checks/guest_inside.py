# SPDX-License-Identifier: LGPL-2.1-or-later
"""A guest with xen-dmacheck in it: it is a domU, nothing is said that only dom0 could know, and its disk is no DMA of its own."""

FRONTEND = "vbd-51712"


def check(machine, guest_type):
  """guest_type: as the report says it."""
  machine.expect("xl create: exit status 0", machine.status("xl-create.txt") == 0,
                 machine.one_line(machine.text("xl-create.txt.err")))
  xen = (machine.report.get("host") or {}).get("xen") or {}
  machine.expect(f"host.xen.guest_type {guest_type}", xen.get("guest_type") == guest_type, xen)
  claimed = {key: xen.get(key) for key in ("drives_iommu", "tools_release", "direct_mapped") if xen.get(key) not in (None, False)}
  machine.expect("nothing claimed of the hypervisor that only dom0 can ask it", not claimed, claimed)
  machine.expect_device(FRONTEND, "its disk", driver="vbd", verdict="idle")
  machine.expect("no finding", not machine.findings(), sorted(machine.findings()))
  machine.expect("exit status 0", machine.status("report.json") == 0, machine.status("report.json"))
