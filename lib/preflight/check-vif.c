/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each interface: its bridge, its script, its address. */
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

/* Which network devices there are is told by the class. */
static enum xdc_tri has_interface(const struct xdc_flight *flight, const char *name)
{
	const struct xdc_record *net = xdc_evidence_find(flight->evidence, "class:net");

	if (!net || net->status != XDC_STATUS_OK)
		return XDC_UNKNOWN;
	return xdc_tri_of(xdc_class_path(flight, "class:net", name) != NULL);
}

/* vif-bridge takes ethN for a xenbrN that is not there. */
static const char *existing_bridge(struct xdc_flight *flight, const char *name)
{
	static const char old[] = "xenbr";
	const char *other;

	if (has_interface(flight, name) != XDC_NO || !xdc_text_starts_with(name, old))
		return name;
	other = xdc_flight_printf(flight, "eth%s", name + strlen(old));
	return xdc_topology_field(flight, "network", other, "bridge") ? other : name;
}

static void check_bridge(struct xdc_flight *flight, const struct xdc_guest_vif *vif,
			 unsigned int line)
{
	const char *wanted = xdc_vif_bridge(flight, vif);
	const char *bridge = existing_bridge(flight, wanted);
	static const char *const fields[] = { "flags", "lower", NULL };
	const char *shown = xdc_shown(flight, bridge), *flags, *why;
	enum xdc_tri there = has_interface(flight, bridge);

	if (there == XDC_UNKNOWN) {
		xdc_check_tell(flight, "vif-bridge", XDC_OUTCOME_UNKNOWN, line,
			       xdc_flight_printf(flight,
						 "Whether there is a bridge %s could not be told",
						 shown),
			       "the network devices could not be listed", NULL);
		return;
	}
	if (there == XDC_NO) {
		xdc_check_advise(
			xdc_check_tell(
				flight, "vif-bridge", XDC_OUTCOME_FAIL, line,
				xdc_flight_printf(flight, "There is no bridge %s", shown),
				vif->bridge ? "bridge= names it"
					    : "without bridge= it is the usual one that is taken",
				"class:net"),
			xdc_flight_printf(flight, "ip link add %s type bridge && ip link set %s up",
					  shown, shown));
		return;
	}
	why = xdc_topology_unread(flight, "network", bridge, fields);
	if (why) {
		xdc_check_tell(flight, "vif-bridge", XDC_OUTCOME_UNKNOWN, line,
			       xdc_flight_printf(flight,
						 "Whether %s is a bridge that is up is not known",
						 shown),
			       why, "network");
		return;
	}
	flags = xdc_topology_field(flight, "network", bridge, "flags");
	if (flags && !(strtoul(flags, NULL, 16) & IFF_UP))
		xdc_check_advise(
			xdc_check_tell(flight, "vif-bridge", XDC_OUTCOME_WARNING, line,
				       xdc_flight_printf(flight, "The bridge %s is down", shown),
				       "the guest starts, and nothing reaches it", "network"),
			xdc_flight_printf(flight, "ip link set %s up", shown));
	if (flags && !xdc_topology_field(flight, "network", bridge, "bridge"))
		xdc_check_advise(
			xdc_check_tell(
				flight, "vif-bridge", XDC_OUTCOME_FAIL, line,
				xdc_flight_printf(flight, "%s is no bridge", shown),
				"it is a network device of another kind, which takes no port",
				"network"),
			"An Open vSwitch takes script=vif-openvswitch.");
}

/* Each of its bridges is a network device of that name, and none of the kernel's own bridges. */
static void check_openvswitch(struct xdc_flight *flight, const struct xdc_guest_vif *vif,
			      const char *script, unsigned int line)
{
	const char *name = xdc_openvswitch_bridge(flight, vif), *shown = xdc_shown(flight, name);
	struct xdc_target database = xdc_target_read(flight, XDC_OPENVSWITCH_DATABASE);

	xdc_need_script_tool(flight, script, line);
	if (xdc_target_exists(&database) == XDC_NO)
		xdc_check_tell(flight, "vif-openvswitch", XDC_OUTCOME_FAIL, line,
			       "Open vSwitch does not run",
			       XDC_OPENVSWITCH_DATABASE " is not there", database.key);
	if (!name)
		xdc_check_tell(flight, "vif-bridge", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "\"%s\" names no bridge of Open vSwitch",
						 xdc_shown(flight, vif->bridge)),
			       "it is NAME, NAME.TAG or NAME:TRUNK:..., with numbers", NULL);
	else if (has_interface(flight, name) == XDC_NO)
		xdc_check_advise(
			xdc_check_tell(flight, "vif-bridge", XDC_OUTCOME_FAIL, line,
				       xdc_flight_printf(flight, "There is no bridge %s", shown),
				       "Open vSwitch has a network device for each", "class:net"),
			xdc_flight_printf(flight, "ovs-vsctl add-br %s", shown));
	else if (xdc_topology_field(flight, "network", name, "bridge"))
		xdc_check_tell(flight, "vif-bridge", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "%s is no bridge of Open vSwitch", shown),
			       "it is the kernel's own (script=vif-bridge)", "network");
	else
		xdc_not_checked(flight, "whether Open vSwitch knows the bridge of an interface");
}

static void check_mac(struct xdc_flight *flight, size_t index, unsigned int line)
{
	const struct xdc_guest_vif *vif = &flight->guest->vifs[index];

	if (vif->bad_mac)
		xdc_check_tell(
			flight, "vif-mac", XDC_OUTCOME_WARNING, line,
			xdc_flight_printf(flight, "'%s' is no MAC address: xl goes on without",
					  xdc_shown(flight, vif->bad_mac)),
			"what it had read of it so far it keeps, else it makes one up", NULL);
	if (!vif->has_mac)
		return;
	if (vif->mac[0] & 1)
		xdc_check_tell(
			flight, "vif-mac", XDC_OUTCOME_WARNING, line,
			"Its MAC address is one of a group",
			"the lowest bit of the first byte is set: guests refuse it, and bridges do "
			"not forward to it",
			NULL);
	for (size_t i = 0; i < index; i++)
		if (flight->guest->vifs[i].has_mac &&
		    memcmp(flight->guest->vifs[i].mac, vif->mac, sizeof(vif->mac)) == 0)
			xdc_check_tell(flight, "vif-mac", XDC_OUTCOME_WARNING, line,
				       "Two of its interfaces have one MAC address",
				       "a bridge sends what is for one to the other", NULL);
}

struct owner {
	const char *mac;
	const char *device;
};

static void match_mac(struct xdc_flight *flight, const char *device, const char *key,
		      const char *value, void *arg)
{
	struct owner *owner = arg;

	if (strcmp(key, "mac") == 0 && strcasecmp(value, owner->mac) == 0)
		owner->device = xdc_arena_strdup(flight->arena, device);
}

static void check_mac_elsewhere(struct xdc_flight *flight, const struct xdc_guest_vif *vif,
				unsigned int line)
{
	struct owner owner = { 0 };

	if (!vif->has_mac)
		return;
	owner.mac =
		xdc_flight_printf(flight, "%02x:%02x:%02x:%02x:%02x:%02x", vif->mac[0], vif->mac[1],
				  vif->mac[2], vif->mac[3], vif->mac[4], vif->mac[5]);
	xdc_for_backends(flight, "vif", match_mac, &owner);
	if (owner.device)
		xdc_check_tell(
			flight, "vif-mac", XDC_OUTCOME_WARNING, line,
			"Another guest's interface has its MAC address",
			xdc_flight_printf(flight,
					  "backend %s: a bridge sends what is for one to the "
					  "other",
					  xdc_shown(flight, owner.device)),
			"xenstore:/local/domain/0/backend");
}

static void check_name(struct xdc_flight *flight, const struct xdc_guest_vif *vif,
		       unsigned int line)
{
	if (!vif->name)
		return;
	if (strlen(vif->name) >= IFNAMSIZ)
		xdc_check_tell(flight, "vif-name", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "vifname=%s is too long",
						 xdc_shown(flight, vif->name)),
			       "a network device's name has at most 15 characters", NULL);
	else if (has_interface(flight, vif->name) == XDC_YES)
		xdc_check_tell(flight, "vif-name", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "There is a network device %s already",
						 xdc_shown(flight, vif->name)),
			       "the script cannot give vifname= to another", "class:net");
}

/* What parse_nic_config() prints, and parse_config_data() does not look at. */
static void check_words(struct xdc_flight *flight, const struct xdc_guest_vif *vif, size_t index,
			unsigned int line)
{
	if (vif->rate_error)
		xdc_check_tell(flight, "vif-syntax", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "rate= of vif= item %zu does not parse",
						 index + 1),
			       *vif->rate_error ? vif->rate_error : xdc_shown(flight, vif->text),
			       NULL);
	if (vif->unknown)
		xdc_check_tell(flight, "vif-syntax", XDC_OUTCOME_WARNING, line,
			       xdc_flight_printf(
				       flight, "xl does not know '%s' in vif=, and leaves it alone",
				       xdc_shown(flight, vif->unknown)),
			       "it prints \"unrecognized argument\" and goes on", NULL);
	if (vif->type && strcmp(vif->type, "ioemu") == 0 && flight->guest->kind != XDC_KIND_HVM)
		xdc_check_tell(flight, "vif-type", XDC_OUTCOME_FAIL, line,
			       "type=ioemu is for a guest of type=\"hvm\" alone",
			       "libxl refuses an emulated interface for any other", NULL);
}

void xdc_check_vifs(struct xdc_flight *flight)
{
	unsigned int line = xdc_guest_line(flight->guest, "vif");

	for (size_t i = 0; i < flight->guest->n_vifs; i++) {
		const struct xdc_guest_vif *vif = &flight->guest->vifs[i];
		const char *script =
			xdc_script_path(flight->arena, vif->script, xdc_vif_script(flight));

		check_words(flight, vif, i, line);
		check_mac(flight, i, line);
		check_mac_elsewhere(flight, vif, line);
		if (xdc_need_backend_domain(flight, vif->backend, line) != 0)
			continue;
		if (xdc_text_ends_with(script, "/vif-bridge"))
			check_bridge(flight, vif, line);
		else if (xdc_text_ends_with(script, "/vif-openvswitch"))
			check_openvswitch(flight, vif, script, line);
		else
			xdc_not_checked(flight, "what a script of its own does with an interface");
		check_name(flight, vif, line);
		xdc_need_script(flight, script, line);
		xdc_need_backend(flight, XDC_MODULE_VIF, line);
	}
}
