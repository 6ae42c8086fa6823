# SPDX-License-Identifier: LGPL-2.1-or-later
"""A guest that reads its disk while dom0 watches: it is dom0's device that maps, just what the guest read, and all bounces."""

import re

import watch


def check(machine, path, seen):
  """path: what the report says of the disk's device; seen: what was seen when it mapped."""
  machine.expect("xl create: exit status 0", machine.status("xl-create.txt") == 0,
                 machine.one_line(machine.text("xl-create.txt.err")))
  read = re.findall(r"^guest: (\w{32})  /dev/xvda", machine.text("guest.txt") or "", re.MULTILINE)
  machine.expect("the machine is what it should be: the guest reads what its disk holds, three times",
                 read == [machine.image_md5] * 3, read)
  watch.check_bytes(machine, path, seen, False)
  least = sum(count for _, count in watch.sectors(machine).values())
  machine.expect(f"the guest read at least {3 << 24} bytes from it: {least}", least >= 3 << 24)
  devices = [device for line in watch.intervals(machine, "watched-1.jsonl") for device in line["devices"] if device["bytes"]]
  mapped, bounced = (sum(device[count] for device in devices) for count in ("bytes", "bounced_bytes"))
  machine.expect(f"all of it bounced: {bounced} bytes of {mapped}", mapped and bounced == mapped)
