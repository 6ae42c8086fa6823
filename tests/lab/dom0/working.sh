# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A machine whose devices work: the disks can be read.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
facts
reports
explained_logs
read_disks
! observable || refusals
