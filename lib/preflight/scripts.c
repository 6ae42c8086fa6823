/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scripts that come with Xen (tools/hotplug/Linux), and what they need besides themselves. */
#include <string.h>

#include "preflight/preflight.h"

#define SOMEWHERE(tool)                                                                            \
	{                                                                                          \
		"/usr/sbin/" tool, "/usr/bin/" tool, "/sbin/" tool, "/bin/" tool,                  \
			"/usr/local/sbin/" tool, "/usr/local/bin/" tool, NULL                      \
	}

static const struct script {
	const char *name;
	const char *tool;
	const char *paths[7];
	const char *not_checked;
	const char *device; /* that it takes one like it of; NULL: none */
} scripts[] = {
	{ "/block-iscsi", "iscsiadm", SOMEWHERE("iscsiadm"),
	  "whether the iSCSI portal answers, and has the disk" },
	{ "/block-nbd", "nbd-client", SOMEWHERE("nbd-client"), "whether the NBD server answers",
	  "/dev/nbd0" },
	{ "/block-drbd-probe", "drbdadm", SOMEWHERE("drbdadm"),
	  "whether the DRBD resource can be made primary here" },
	{ "/vif-openvswitch", "ovs-vsctl", SOMEWHERE("ovs-vsctl"), NULL },
};

static const struct script *find(const char *path)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(scripts); i++)
		if (xdc_text_ends_with(path, scripts[i].name))
			return &scripts[i];
	return NULL;
}

const char *const *xdc_script_tools(const char *path)
{
	const struct script *script = find(path);

	return script ? script->paths : NULL;
}

const char *xdc_script_device(const char *path)
{
	const struct script *script = find(path);

	return script ? script->device : NULL;
}

static void check_device(struct xdc_flight *flight, const struct script *script, unsigned int line)
{
	struct xdc_target target;
	struct xdc_preflight_check *check;

	if (!script->device)
		return;
	target = xdc_target_read(flight, script->device);
	if (xdc_target_exists(&target) != XDC_NO)
		return;
	check = xdc_check_add(flight, "script-device", XDC_OUTCOME_FAIL, line,
			      xdc_flight_printf(flight, "There is no %s", script->device));
	xdc_check_because(check, "the script makes the disk of one that is free", target.key);
	xdc_check_advise(check, "modprobe nbd");
}

bool xdc_need_script_tool(struct xdc_flight *flight, const char *path, unsigned int line)
{
	const struct script *script = find(path);
	struct xdc_preflight_check *check;
	enum xdc_tri there;

	if (!script)
		return false;
	if (script->not_checked)
		xdc_not_checked(flight, script->not_checked);
	check_device(flight, script, line);
	there = xdc_any_exists(flight, script->paths);
	if (there == XDC_YES)
		return true;
	check = xdc_check_add(flight, "script-tool",
			      there == XDC_NO ? XDC_OUTCOME_FAIL : XDC_OUTCOME_UNKNOWN, line,
			      xdc_flight_printf(flight,
						there == XDC_NO ? "There is no %s"
								: "Whether %s is there could not "
								  "be told",
						script->tool));
	xdc_check_because(check, xdc_flight_printf(flight, "%s runs it", xdc_shown(flight, path)),
			  NULL);
	return true;
}

/* parse_target() of block-iscsi: "iqn=..." and "portal=...", by commas. */
static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = text; at; at = strchr(at, ',')) {
		at += *at == ',';
		if (strncmp(at, word, length) == 0 && at[length] && at[length] != ',')
			return true;
	}
	return false;
}

void xdc_check_script_target(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
			     const char *path, unsigned int line)
{
	const char *target = disk->target ? disk->target : "";

	if (xdc_text_ends_with(path, "/block-iscsi") &&
	    !(has_word(target, "iqn=") && has_word(target, "portal=")))
		xdc_check_because(
			xdc_check_add(flight, "disk-target", XDC_OUTCOME_FAIL, line,
				      xdc_flight_printf(flight, "\"%s\" names no iSCSI disk",
							xdc_shown(flight, target))),
			"block-iscsi takes target=iqn=NAME,portal=ADDRESS, as the last of the disk",
			NULL);
}

/* "name", "name.tag", "name:trunk:...", as vif-openvswitch takes bridge= apart. */
const char *xdc_openvswitch_bridge(struct xdc_flight *flight, const struct xdc_guest_vif *vif)
{
	static const char digits[] = "0123456789";
	const char *bridge = xdc_vif_bridge(flight, vif);
	size_t length = strcspn(bridge, ".:"), at = length;

	if (bridge[at] == '.') {
		size_t tag = strspn(bridge + at + 1, digits);

		at += tag ? 1 + tag : 0;
	}
	while (length && bridge[at] == ':' && strspn(bridge + at + 1, digits))
		at += 1 + strspn(bridge + at + 1, digits);
	return length && !bridge[at] ? xdc_flight_printf(flight, "%.*s", (int)length, bridge)
				     : NULL;
}
