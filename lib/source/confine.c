/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "source/capabilities.h"
#include "source/confine.h"
#include "source/seccomp.h"

/*
 * The sanitizers read /proc and start a thread when the program ends, and map terabytes; what
 * counts the lines that ran writes its counts then. A build with them is confined less, and says
 * so.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(XDC_COVERAGE)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum {
	MEMORY_MAX = 1 << 30,
	/* None: new ones get the lowest free number. Not 0, as poll(2) takes no more than this. */
	DESCRIPTORS_MAX = 1,
	PROCESSOR_SECONDS = 120, /* minutes under emulation, still an end */
};

/* Linux 5.13; the numbers are the same on all architectures that we know. */
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_restrict_self  446
#endif

/*
 * struct landlock_ruleset_attr and its bits, of include/uapi/linux/landlock.h in Linux 6.15: the
 * headers that we are built with may be older than the kernel. An older kernel takes the longer
 * structure where what it does not know is 0 (copy_struct_from_user()).
 */
struct ruleset {
	uint64_t files;
	uint64_t network;
	uint64_t scopes;
};

static const struct {
	unsigned int since; /* the version of the interface */
	struct ruleset handled;
} landlock_rights[] = {
	{ 1, { .files = 0x1fff } },  /* execute, read, write, list, make, remove */
	{ 2, { .files = 1 << 13 } }, /* link and rename across directories */
	{ 3, { .files = 1 << 14 } }, /* truncate */
	{ 4, { .network = 0x3 } },   /* bind, connect (TCP) */
	{ 5, { .files = 1 << 15 } }, /* ioctl on devices opened from now on */
	{ 6, { .scopes = 0x3 } },    /* abstract sockets, signals to others */
};

/* No rule follows, so all that is handled is refused. Returns the interface's version, 0: none. */
static unsigned int restrict_files(void)
{
	long version = syscall(__NR_landlock_create_ruleset, NULL, (size_t)0, 1U);
	struct ruleset ruleset = { 0 };
	int fd;
	long r;

	if (version < 1)
		return 0;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(landlock_rights); i++) {
		if ((long)landlock_rights[i].since > version)
			break;
		ruleset.files |= landlock_rights[i].handled.files;
		ruleset.network |= landlock_rights[i].handled.network;
		ruleset.scopes |= landlock_rights[i].handled.scopes;
	}
	fd = (int)syscall(__NR_landlock_create_ruleset, &ruleset, sizeof(ruleset), 0U);
	if (fd < 0)
		return 0;
	r = syscall(__NR_landlock_restrict_self, fd, 0U);
	close(fd);
	return r < 0 ? 0 : (unsigned int)version;
}

/*
 * False where an ID could not be changed: in a user namespace without that user, for one. The
 * kernel forgets the signal for the parent's death where credentials change (commit_creds()).
 */
static bool become(uid_t user, gid_t group)
{
#ifdef XDC_COVERAGE
	/* The counts are files of the user that began. */
	return user == geteuid() && group == getegid();
#else
	int with_parent = 0;
	bool done;

	prctl(PR_GET_PDEATHSIG, &with_parent);
	done = setgroups(0, NULL) == 0 && setresgid(group, group, group) == 0 &&
	       setresuid(user, user, user) == 0;
	prctl(PR_SET_PDEATHSIG, with_parent);
	return done;
#endif
}

static bool limit(int resource, rlim_t value)
{
	struct rlimit old;

	if (getrlimit((__rlimit_resource_t)resource, &old) < 0)
		return false;
	if (old.rlim_max != RLIM_INFINITY && old.rlim_max < value)
		value = old.rlim_max;
	return setrlimit((__rlimit_resource_t)resource, &(struct rlimit){ value, value }) == 0;
}

static bool set_limits(bool lasting)
{
	bool all = limit(RLIMIT_CORE, 0) && (lasting || limit(RLIMIT_CPU, PROCESSOR_SECONDS));

	if (!SANITIZED)
		all = all && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_AS, MEMORY_MAX) &&
		      limit(RLIMIT_NOFILE, DESCRIPTORS_MAX);
	return all;
}

/* Whether a file that everybody may read can still be opened. */
static bool can_open_files(void)
{
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

void xdc_confine(const struct xdc_confine_options *options, struct xdc_confinement *ret)
{
	struct xdc_confinement now = { 0 };

	now.other_user =
		geteuid() == 0 && options->user != 0 && become(options->user, options->group);
	now.user = geteuid();
	now.no_capabilities = xdc_capabilities_keep(0) == 0;
	now.no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
	if (!SANITIZED)
		now.files = restrict_files();
	now.limits = set_limits(options->lasting);
	if (!SANITIZED)
		now.system_calls = xdc_seccomp_restrict() == 0;
	/* That there is no number left for a descriptor is no wall: one can be closed. */
	now.closed = (now.files || now.system_calls) && !can_open_files();
	*ret = now;
}

bool xdc_confinement_holds(const struct xdc_confinement *confinement)
{
	return confinement->no_capabilities && confinement->no_new_privileges &&
	       (SANITIZED || confinement->closed);
}
