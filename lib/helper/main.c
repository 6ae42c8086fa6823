/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "helper/helper.h"

static int usage(void)
{
	xdc_say("usage: xdc-xen hypervisor|xenstore|all [MILLISECONDS]\n"
		"xen-dmacheck runs this to ask Xen; what it writes is described in helper.h.\n");
	return 2;
}

int main(int argc, char **argv)
{
	const struct rlimit none = { 0, 0 };
	struct xdc_answer answer;
	uint64_t milliseconds = 0;

	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return printf("xdc-xen %s (Xen %s)\n", XDC_VERSION, XDC_XENCTRL_RELEASE) < 0;
	if (argc < 2 || argc > 3 ||
	    (strcmp(argv[1], "hypervisor") != 0 && strcmp(argv[1], "xenstore") != 0 &&
	     strcmp(argv[1], "all") != 0) ||
	    (argc == 3 &&
	     (xdc_number_parse(argv[2], 10, &milliseconds) < 0 || milliseconds > 3600 * 1000)))
		return usage();
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	setrlimit(RLIMIT_CORE, &none);
	/* Where nobody is left to kill it. */
	if (milliseconds)
		alarm((unsigned int)(milliseconds / 1000) + 2);
	answer = xdc_answer_begin(stdout);
	/* xenstore last: it is the one that may never answer. */
	if (strcmp(argv[1], "xenstore") != 0)
		xdc_answer_hypervisor(&answer);
	if (strcmp(argv[1], "hypervisor") != 0)
		xdc_answer_xenstore(&answer, (unsigned int)milliseconds);
	xdc_answer_end(&answer);
	return 0;
}
