/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a disk or an interface takes in dom0 besides itself: a driver, a script, a domain. */
#include <string.h>

#include "preflight/preflight.h"

const char *const xdc_backend_modules[2] = {
	[XDC_MODULE_VBD] = "block/xen-blkback/xen-blkback.ko",
	[XDC_MODULE_VIF] = "net/xen-netback/xen-netback.ko",
};

static const struct {
	const char *driver;
	const char *module;
	const char *what;
} backends[] = {
	[XDC_MODULE_VBD] = { "vbd", "xen-blkback", "disks" },
	[XDC_MODULE_VIF] = { "vif", "xen-netback", "interfaces" },
};

/* Whether the module is among those of the running kernel, packed in any way. */
static bool has_module(struct xdc_flight *flight, size_t module)
{
	static const char *const suffixes[] = { "", ".xz", ".zst", ".gz" };
	const char *kernel = flight->model->host.kernel;

	for (size_t i = 0; kernel && i < XDC_ARRAY_SIZE(suffixes); i++) {
		struct xdc_target target = xdc_target_read(
			flight,
			xdc_flight_printf(flight, "/lib/modules/%s/kernel/drivers/%s%s", kernel,
					  xdc_backend_modules[module], suffixes[i]));

		if (xdc_target_exists(&target) == XDC_YES)
			return true;
	}
	return false;
}

static bool already_checked(const struct xdc_flight *flight, const char *id, const char *title)
{
	for (size_t i = 0; i < flight->flight->n_checks; i++)
		if (strcmp(flight->flight->checks[i].id, id) == 0 &&
		    strcmp(flight->flight->checks[i].title, title) == 0)
			return true;
	return false;
}

/*
 * A driver that is not there is loaded by udev when the device appears (its alias is
 * "xen-backend:vbd"); where no udev runs, nobody does that, and libxl gives up after ten seconds.
 */
void xdc_need_backend(struct xdc_flight *flight, size_t module, unsigned int line)
{
	const char *path = xdc_flight_printf(flight, "/sys/bus/xen-backend/drivers/%s",
					     backends[module].driver);
	struct xdc_target driver = xdc_target_read(flight, path);
	struct xdc_target udev = xdc_target_read(flight, "/run/udev/control");
	const char *title = xdc_flight_printf(flight, "%s is not loaded", backends[module].module);
	struct xdc_preflight_check *check;
	enum xdc_outcome outcome = XDC_OUTCOME_FAIL;

	if (xdc_target_exists(&driver) == XDC_YES ||
	    already_checked(flight, "backend-driver", title))
		return;
	if (xdc_target_exists(&driver) == XDC_UNKNOWN || xdc_target_exists(&udev) == XDC_UNKNOWN) {
		outcome = XDC_OUTCOME_UNKNOWN;
		title = xdc_flight_printf(flight, "Whether %s is loaded could not be told",
					  backends[module].module);
	} else if (xdc_target_exists(&udev) == XDC_YES && has_module(flight, module)) {
		xdc_not_checked(flight,
				xdc_flight_printf(flight, "whether udev loads %s when it is needed",
						  backends[module].module));
		return;
	}
	if (already_checked(flight, "backend-driver", title))
		return;
	check = xdc_check_add(flight, "backend-driver", outcome, line, title);
	xdc_check_because(check,
			  xdc_flight_printf(flight, "it serves guests' %s, and %s %s",
					    backends[module].what, path,
					    outcome == XDC_OUTCOME_FAIL ? "is not there"
									: "could not be looked at"),
			  driver.key);
	if (outcome == XDC_OUTCOME_FAIL)
		xdc_check_because(
			check,
			"xl waits ten seconds and says no more than \"unable to add device "
			"with path\"",
			NULL);
	xdc_check_advise(check, xdc_flight_printf(flight, "modprobe %s", backends[module].module));
}

static void refuse_script(struct xdc_flight *flight, unsigned int line, enum xdc_outcome outcome,
			  const char *title, const char *why, const char *evidence)
{
	struct xdc_preflight_check *check;

	if (already_checked(flight, "script", title))
		return;
	check = xdc_check_add(flight, "script", outcome, line, title);
	xdc_check_because(check, why, evidence);
}

/* libxl runs it with execve(2): "cannot execute" may mean what its first line names. */
void xdc_need_script(struct xdc_flight *flight, const char *path, unsigned int line)
{
	struct xdc_target script = xdc_target_read(flight, path), interpreter;
	const char *shown = xdc_shown(flight, path);

	if (script.status == XDC_STATUS_ABSENT) {
		refuse_script(flight, line, XDC_OUTCOME_FAIL,
			      xdc_flight_printf(flight, "There is no script %s", shown),
			      "xl says \"cannot execute\" it", script.key);
	} else if (script.status != XDC_STATUS_OK) {
		refuse_script(
			flight, line, XDC_OUTCOME_UNKNOWN,
			xdc_flight_printf(flight, "The script %s could not be looked at", shown),
			xdc_target_why(&script), script.key);
	} else if (!xdc_target_is(&script, "file") || !(script.mode & 0111)) {
		refuse_script(flight, line, XDC_OUTCOME_FAIL,
			      xdc_flight_printf(flight, "%s cannot be executed", shown),
			      "it is no file that may be (chmod +x)", script.key);
	} else if (script.interpreter && *script.interpreter == '/') {
		interpreter = xdc_target_read(flight, script.interpreter);
		if (interpreter.status == XDC_STATUS_ABSENT)
			refuse_script(flight, line, XDC_OUTCOME_FAIL,
				      xdc_flight_printf(flight, "What %s is written for is missing",
							shown),
				      xdc_flight_printf(flight,
							"its first line names %s, which is not "
							"there; xl says that the script itself is "
							"not",
							xdc_shown(flight, script.interpreter)),
				      interpreter.key);
	}
}

long xdc_need_backend_domain(struct xdc_flight *flight, const char *name, unsigned int line)
{
	struct xdc_preflight_check *check;
	uint64_t number;
	long domain;

	if (!name)
		return 0;
	/* libxl__resolve_domid() takes a number as it is. */
	if (xdc_number_parse(name, 10, &number) == 0)
		return number ? -1 : 0;
	domain = xdc_domain_by_name(flight, name);
	if (domain == 0)
		return 0;
	if (domain == -1) {
		check = xdc_check_add(flight, "backend-domain", XDC_OUTCOME_FAIL, line,
				      xdc_flight_printf(flight,
							"There is no domain \"%s\" to serve it",
							xdc_shown(flight, name)));
		xdc_check_because(check, "backend= names it, and xenstore has none of that name",
				  "xenstore:/local/domain");
		xdc_check_advise(check, "Start that domain first.");
	} else {
		xdc_not_checked(flight, "what another domain serves (backend=)");
	}
	return -1;
}
