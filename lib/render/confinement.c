/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How little was left to what was read, for whoever asks. */
#include "render/render.h"

/* "A", then "A, B". */
static void add(struct xdc_arena *arena, const char **list, const char *what)
{
	*list = *list ? xdc_arena_printf(arena, "%s, %s", *list, what) : what;
}

void xdc_render_confinement(const struct xdc_confinement *confinement, size_t width, FILE *out)
{
	struct xdc_arena *arena = xdc_arena_new();
	const char *user = xdc_arena_printf(arena, "user %lu%s", (unsigned long)confinement->user,
					    confinement->other_user ? " in root's place" : "");
	const char *landlock =
		confinement->files
			? xdc_arena_printf(arena, "no files (Landlock %u)", confinement->files)
			: "Landlock";
	const struct {
		bool in_force;
		const char *what;
	} walls[] = {
		{ confinement->user != 0, confinement->user ? user : "another user than root" },
		{ confinement->no_capabilities, "no capabilities" },
		{ confinement->no_new_privileges, "no new privileges" },
		{ confinement->files, landlock },
		{ confinement->system_calls, "few system calls (seccomp)" },
		{ confinement->limits, "limits" },
	};
	const char *there = NULL, *missing = NULL;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(walls); i++)
		add(arena, walls[i].in_force ? &there : &missing, walls[i].what);
	fputc('\n', out);
	xdc_wrap(out,
		 xdc_arena_printf(arena, "Confined before it looked at what it had read: %s.",
				  there ? there : "no restriction"),
		 0, 0, width);
	if (missing)
		xdc_wrap(out, xdc_arena_printf(arena, "Not in force: %s.", missing), 0, 0, width);
	if (!confinement->closed)
		xdc_wrap(out, "Files could still be opened by name.", 0, 0, width);
	xdc_arena_free(arena);
}
