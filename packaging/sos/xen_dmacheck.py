# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A plugin for sos 4: put it into sos/report/plugins, where Python finds it.

from sos.report.plugins import (Plugin, IndependentPlugin, RedHatPlugin,
                                DebianPlugin, UbuntuPlugin, SuSEPlugin)


# An independent plugin would do, but sos 4.0 (Debian 12) knows none on Debian.
class XenDmacheck(Plugin, IndependentPlugin, RedHatPlugin, DebianPlugin,
                  UbuntuPlugin, SuSEPlugin):
    """
    Records which DMA path each device of a Xen domain takes, and all that
    this is told from, in one file, which 'xen-dmacheck --from' reads on any
    machine. What the file holds of names and secrets is masked, unless the
    administrator runs 'xen-dmacheck bundle' by hand and asks for them.
    """

    short_desc = 'DMA paths of devices on Xen'

    plugin_name = 'xen_dmacheck'
    profiles = ('virt', 'hardware', 'system')
    packages = ('xen-dmacheck',)
    commands = ('xen-dmacheck',)

    def setup(self):
        # Not cut at sos' size limit (0): part of it could not be read. It is
        # small by itself, and ends within the time that it is given.
        self.add_cmd_output(
            'xen-dmacheck bundle --timeout 30 -o -',
            suggest_filename='xen-dmacheck-bundle.tar.zst',
            binary=True, stderr=False, sizelimit=0, timeout=60
        )

# vim: set et ts=4 sw=4 :
