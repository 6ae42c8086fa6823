# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# In a guest: its disk is of dom0.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

load xen-blkfront
await_disks
facts
reports
read_disks
