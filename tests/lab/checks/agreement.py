# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pre-flight against xl create: `start` fails if and only if xl does, and for the cause that is in the configuration."""

import re
import statistics
import tarfile

# What pre-flight has to name as a cause, for each configuration that does not start.
CAUSES = {
    "bad-syntax": "config-syntax", "bad-no-name": "config-name", "bad-name-list": "config-kind", "bad-type": "config-type",
    "bad-action": "config-value", "bad-uuid": "config-uuid", "bad-maxvcpus": "config-vcpus",
    "bad-passthrough-word": "config-value", "bad-gic": "config-value", "bad-tee": "config-value",
    "bad-grant-frames": "config-kind", "bad-no-kernel": "image", "bad-kernel-missing": "image", "bad-kernel-ramdisk": "image",
    "bad-kernel-empty": "image", "bad-kernel-directory": "image", "bad-ramdisk-missing": "image",
    "bad-devicetree-missing": "image", "bad-devicetree-junk": "image", "bad-firmware-and-kernel": "image", "bad-hvm": "image",
    # 32 MiB is what xl makes of a memory= that is no number.
    "bad-memory-word": "memory-fits", "bad-memory-much": "memory-free", "bad-memory-little": "memory-fits", "bad-vcpus": "vcpus",
    "bad-disk-file": "disk-target", "bad-disk-device": "disk-target", "bad-disk-directory": "disk-target",
    "bad-disk-qcow2": "device-model", "bad-disk-format": "disk-syntax", "bad-disk-vdev": "disk-vdev",
    "bad-disk-twice": "disk-vdev", "bad-disk-no-vdev": "disk-syntax", "bad-disk-access": "disk-syntax",
    "bad-disk-backend": "backend-domain", "bad-disk-read-only": "disk-mode", "bad-disk-script": "script",
    "bad-disk-interpreter": "script", "bad-bridge": "vif-bridge",
    "bad-bridge-usual": "vif-bridge", "bad-vif-script": "script", "bad-vif-not-executable": "script",
    "bad-vif-rate": "vif-syntax", "bad-vif-ioemu": "vif-type", "bad-vif-backend": "backend-domain",
    "bad-vif-name-taken": "vif-name", "bad-pci": "passthrough-iommu", "bad-pci-syntax": "pci-syntax",
    "bad-dtdev": "passthrough-iommu", "bad-passthrough": "passthrough-iommu", "bad-iomem": "ranges", "bad-irqs": "ranges",
    "bad-virtio": "virtio-syntax", "bad-vfb": "device-model", "bad-channel": "device-model",
    "bad-gic-v2": "platform-gic", "bad-grant-frames-negative": "config-syntax", "bad-grant-version": "platform-flag",
    "bad-event-channels": "config-value", "bad-cpus": "config-value", "bad-sve-word": "config-value", "bad-optee": "platform-tee",
    "bad-nestedhvm": "platform-flag", "bad-hap": "platform-flag", "bad-altp2m": "platform-flag",
    "bad-kernel-relative": "image", "bad-bootloader-no-disk": "image", "bad-bootloader-missing": "image",
    "bad-maxmem": "memory-maximum", "bad-iscsi": "script-tool", "bad-nbd": "script-device", "bad-disk-mounted": "disk-in-use",
    "bad-disk-mounted-read": "disk-in-use", "bad-bridge-kind": "vif-bridge", "bad-openvswitch": "script-tool",
    "bad-ioports": "ranges", "bad-virtio-type": "virtio-type", "bad-vtpm": "backend-domain", "bad-vdispl": "vdispl-syntax",
    "bad-name-taken": "name-in-use", "bad-disk-taken": "disk-in-use", "bad-no-xenconsoled": "host-xenconsoled",
    "bad-no-netback": "backend-driver", "bad-no-blkback": "backend-driver",
}
# Where xl goes on: what pre-flight has to warn of.
WARNINGS = {
    "odd-unknown-key": "config-unknown-key", "odd-vif-word": "vif-syntax",
    "odd-vif-mac": "vif-mac", "odd-vcpus": "config-kind", "odd-list": "config-kind", "odd-twice": "config-twice",
    "odd-no-list": "config-kind", "odd-rdm": "rdm-syntax", "odd-uuid": "uuid-in-use",
}
# What no file tells: it depends on the scripts' losetup, on the hypervisor, on a program that is to come.
UNSURE = {
    "unsure-file-taken": "disk-in-use", "unsure-pool": "cpupool", "unsure-sve": "platform-sve",
    "unsure-virtio-disk": "disk-backend", "unsure-irqs": "ranges-access",
}
LEAST = 40
TIMES = 3


def said(text):
  """The first thing that xl complained of."""
  lines = [line for line in (text or "").splitlines() if line and not line.startswith("Parsing config")
           and "/etc/xen/xl.conf" not in line and "Converting PV" not in line]
  return re.sub(r"^(lib)?xl: error: [^ ]*: ", "", lines[0]) if lines else ""


def unpack(machine):
  """What came as archives, as files; each has the list of those up to its own number."""
  for path in sorted(machine.results.glob("agreement-*.tar"), key=lambda path: int(re.sub(r"\D", "", path.name))):
    with tarfile.open(path) as archive:
      archive.extractall(machine.results, filter="data")


def check_speed(machine):
  """The median of how many times as long as xl pre-flight took, turn by turn; each line is five runs of a command."""
  times = {}
  for line in (machine.text("speed") or "").splitlines():
    time, command = line.split(" ", 1)
    times.setdefault(command, []).append(int(time))
  for command, took in times.items():
    print(f"     {command}: least {min(took) * 2} ms, median {statistics.median(took) * 2:.0f} ms")
  xl = times.get("xl create -n /lab/usual.cfg", [])
  took = times.get("xen-dmacheck preflight /lab/usual.cfg", [])
  turns = [one / max(other, 1) for one, other in zip(took, xl)]
  if turns:
    print(f"     {statistics.median(turns):.2f} times as long as xl create -n; {min(took) / max(min(xl), 1):.2f} by the least of each")
  machine.expect(f"pre-flight takes at most {TIMES} times as long as xl create -n",
                 turns and statistics.median(turns) <= TIMES, times)


def compare(machine, causes, warnings, unsure, least):
  """A line of the table, and an expectation, for each configuration."""
  unpack(machine)
  names = (machine.text("order") or "").split()
  agreed = 0
  for name in names:
    guest = (machine.json(f"{name}.json").get("guests") or [{}])[0]
    xl = machine.status(f"{name}.xl")
    failed = [c["id"] for c in guest.get("checks", []) if c["result"] == "fail" and c["about"] == "start"]
    others = [c["id"] for c in guest.get("checks", []) if c["result"] in ("unknown", "warning")]
    print(f"     {name}: xl {xl} ({said(machine.text(f'{name}.xl'))[:110]}); start {guest.get('start')} {failed} {others}")
    if name in unsure:
      machine.expect(f"{name}: start is unknown, because of {unsure[name]}",
                     guest.get("start") == "unknown" and unsure[name] in others, (guest.get("start"), others))
      continue
    agrees = guest.get("start") == ("pass" if xl == 0 else "fail")
    agreed += agrees
    machine.expect(f"{name}: start fails if and only if xl create does", agrees, f"xl {xl}, start {guest.get('start')}")
    if name in causes:
      machine.expect(f"{name}: xl create fails, and {causes[name]} is the cause", xl != 0 and causes[name] in failed,
                     f"xl {xl}, {failed}")
    elif name in warnings:
      machine.expect(f"{name}: xl goes on, and is warned of: {warnings[name]}", xl == 0 and warnings[name] in others,
                     f"xl {xl}, {others}")
    else:
      machine.expect(f"{name}: xl creates it, and nothing is said against that", xl == 0 and not failed + others,
                     f"xl {xl}, {failed} {others}")
  machine.expect(f"at least {least} configurations, of {len(names)}", len(names) >= least)
  print(f"     they agree on {agreed} of {len([name for name in names if name not in unsure])}")


def check(machine):
  """The table of what no PCI device is needed for."""
  compare(machine, CAUSES, WARNINGS, UNSURE, LEAST)
  check_speed(machine)
