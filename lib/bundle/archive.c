/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dlfcn.h>
#include <string.h>

#include "bundle/archive.h"

/* Those whose headers we are built with, see meson.build. */
static const char ARCHIVE_LIBRARY[] = XDC_LIBARCHIVE_SONAME;
static const char NETTLE_LIBRARY[] = XDC_LIBNETTLE_SONAME;

static void *open_library(const char *name, char **ret_error)
{
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	char text[512];

	if (!library) {
		snprintf(text, sizeof(text), "bundles need the library %s: %s", name, dlerror());
		*ret_error = xdc_strdup(text);
	}
	return library;
}

/* Functions and data have pointers of one size here (POSIX demands it), whatever C says. */
static bool find(void *library, const char *name, void *ret, size_t size, char **ret_error)
{
	void *symbol = dlsym(library, name);
	char text[512];

	if (!symbol) {
		snprintf(text, sizeof(text), "the library of bundles lacks %s: %s", name,
			 dlerror());
		*ret_error = xdc_strdup(text);
		return false;
	}
	memcpy(ret, &symbol, size);
	return true;
}

static bool load(struct xdc_archive *ret, char **ret_error)
{
	void *library = open_library(ARCHIVE_LIBRARY, ret_error);

	if (!library)
		return false;
#define XDC_FIND(name)                                                                             \
	if (!find(library, #name, &ret->name, sizeof(ret->name), ret_error))                       \
		return false;
	XDC_ARCHIVE_FUNCTIONS(XDC_FIND)
#undef XDC_FIND
	library = open_library(NETTLE_LIBRARY, ret_error);
	return library &&
	       find(library, "nettle_sha256_init", &ret->sha256_init, sizeof(ret->sha256_init),
		    ret_error) &&
	       find(library, "nettle_sha256_update", &ret->sha256_update,
		    sizeof(ret->sha256_update), ret_error) &&
	       find(library, "nettle_sha256_digest", &ret->sha256_digest,
		    sizeof(ret->sha256_digest), ret_error);
}

const struct xdc_archive *xdc_archive_load(char **ret_error)
{
	static struct xdc_archive archive;
	static bool loaded;

	/* Never closed: they stay for as long as we do. */
	if (!loaded)
		loaded = load(&archive, ret_error);
	return loaded ? &archive : NULL;
}

void xdc_archive_sha256(const struct xdc_archive *archive, const void *data, size_t size,
			char ret[XDC_SHA256_TEXT])
{
	struct sha256_ctx context;
	uint8_t digest[SHA256_DIGEST_SIZE];

	archive->sha256_init(&context);
	archive->sha256_update(&context, size, data);
	archive->sha256_digest(&context, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		snprintf(ret + 2 * i, 3, "%02x", digest[i]);
}
