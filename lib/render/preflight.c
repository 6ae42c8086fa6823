/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pre-flight for people: the answer, where the guest's pages end, then what is wrong. */
#include <errno.h>
#include <string.h>

#include "render/render.h"

enum { INDENT = 9 };

static const char *start_words(const struct xdc_preflight *flight)
{
	switch (flight->start) {
	case XDC_OUTCOME_FAIL:
		return "would not start";
	case XDC_OUTCOME_UNKNOWN:
		return "may start: not all that matters could be told";
	default:
		return "would start";
	}
}

static const char *io_words(const struct xdc_preflight *flight)
{
	switch (flight->io_safe) {
	case XDC_IO_UNSAFE:
		return "its I/O is unsafe";
	case XDC_IO_UNKNOWN:
		return "whether its I/O is safe could not be told";
	default:
		return flight->n_io ? "its I/O is safe" : "it has no I/O through dom0";
	}
}

/* "g1 (g1.cfg) would start, but its I/O is unsafe." */
static void print_answer(const struct xdc_preflight *flight, struct xdc_arena *arena, size_t width,
			 FILE *out)
{
	const struct xdc_guest *guest = flight->guest;
	bool but = flight->start == XDC_OUTCOME_PASS && flight->io_safe != XDC_IO_SAFE;
	const char *name =
		guest->name ? xdc_text_escaped(arena, guest->name, strlen(guest->name)) : NULL;

	xdc_wrap(out,
		 xdc_arena_printf(arena, "%s%s%s%s %s%s %s.", name ? name : "", name ? " (" : "",
				  guest->config, name ? ")" : "", start_words(flight),
				  but				      ? ", but"
				  : flight->start == XDC_OUTCOME_PASS ? ", and"
								      : ";",
				  io_words(flight)),
		 0, 0, width);
}

static const char *pages_words(struct xdc_arena *arena, const struct xdc_io *io)
{
	const char *by = io->copied_by ? io->copied_by : "dom0";

	if (io->to_device == XDC_PAGES_COPIED && io->from_device == XDC_PAGES_COPIED)
		return xdc_text_starts_with(by, "nothing: ")
			       ? by + strlen("nothing: ")
			       : xdc_arena_printf(arena, "%s copies them", by);
	if (io->to_device == XDC_PAGES_COPIED)
		return xdc_arena_printf(arena,
					"what it reads reaches it as guests' pages (%s copies "
					"the rest)",
					by);
	if (io->from_device == XDC_PAGES_COPIED)
		return xdc_arena_printf(arena,
					"what it sends reaches it as guests' pages (%s copies "
					"the rest)",
					by);
	return "guests' pages reach it";
}

/* ", iommu": what the kernel holds; ", iommu (inferred)": what the rules say. */
static const char *path_words(struct xdc_arena *arena, const struct xdc_io *io)
{
	if (!io->device)
		return "";
	return xdc_arena_printf(arena, ", %s%s", xdc_path_name(io->device->path),
				io->device->basis == XDC_BASIS_OBSERVED ? "" : " (inferred)");
}

/* "xvda ← /dev/vg/root ← dm-0 (LVM) ← nvme0n1 ← 0000:00:03.0: guests' pages reach it, iommu:
 * unsafe" */
static void print_io(const struct xdc_io *io, struct xdc_arena *arena, size_t width, FILE *out)
{
	const char *text = io->what;

	for (size_t i = 0; i < io->n_through; i++)
		text = xdc_arena_printf(arena, "%s \xe2\x86\x90 %s", text, io->through[i]);
	if (io->device)
		text = xdc_arena_printf(arena, "%s \xe2\x86\x90 %s", text,
					io->device->device->name);
	if (io->why)
		text = xdc_arena_printf(arena, "%s: %s", text, io->why);
	else
		text = xdc_arena_printf(arena, "%s: %s%s", text, pages_words(arena, io),
					path_words(arena, io));
	text = xdc_arena_printf(arena, "%s: %s", text, xdc_io_verdict_name(io->verdict));
	xdc_wrap(out, text, 0, 2, width);
}

static const char *label_of(const struct xdc_preflight_check *check)
{
	if (check->about_io && check->outcome == XDC_OUTCOME_FAIL)
		return "unsafe";
	return xdc_outcome_name(check->outcome);
}

static const char *color_of(enum xdc_outcome outcome)
{
	static const char *const colors[] = { "\033[32m", "\033[36m", "\033[33m", "\033[33m",
					      "\033[31m" };

	return colors[outcome];
}

static void print_text(FILE *out, const char *label, const char *text, size_t width)
{
	fprintf(out, "%*s%-5s", INDENT - 5, "", label);
	xdc_wrap(out, text, INDENT, INDENT, width);
}

static bool same_check(const struct xdc_preflight_check *a, const struct xdc_preflight_check *b)
{
	if (a->outcome != b->outcome || strcmp(a->id, b->id) != 0 ||
	    strcmp(a->title, b->title) != 0 || a->n_because != b->n_because)
		return false;
	for (size_t i = 0; i < a->n_because; i++)
		if (strcmp(a->because[i].text, b->because[i].text) != 0)
			return false;
	return true;
}

/* The guest before this one of which the same was told; NULL: none. */
static const char *told_of(const struct xdc_preflights *all, size_t index,
			   const struct xdc_preflight_check *check)
{
	for (size_t i = 0; i < index; i++)
		for (size_t j = 0; j < all->items[i].n_checks; j++)
			if (same_check(&all->items[i].checks[j], check))
				return all->items[i].guest->config;
	return NULL;
}

/* @as: the guest of which the same was told. */
static void print_check(const struct xdc_preflight_check *check, const char *as,
			const struct xdc_preflight_options *options, struct xdc_arena *arena,
			FILE *out)
{
	const char *label = label_of(check);
	const char *title = check->title;

	if (check->line)
		title = xdc_arena_printf(arena, "%s (line %u)", title, check->line);
	if (as)
		title = xdc_arena_printf(arena, "%s, as for %s", title, as);
	fprintf(out, "%s%s%s%s%*s", check->outcome > XDC_OUTCOME_PASS && !as ? "\n" : "",
		options->color ? color_of(check->outcome) : "", label,
		options->color ? "\033[0m" : "", (int)(INDENT - strlen(label)), "");
	xdc_wrap(out, title, INDENT, INDENT, options->width);
	if (check->outcome == XDC_OUTCOME_PASS || as)
		return;
	for (size_t i = 0; i < check->n_because; i++)
		print_text(out, i ? "" : "why", check->because[i].text, options->width);
	for (size_t i = 0; i < check->n_advice; i++)
		print_text(out, i ? "" : "do", check->advice[i], options->width);
	print_text(out, "id", check->id, options->width);
}

/* The worst first; what was told of an earlier guest is a line without reasons, and comes last. */
static void print_checks(const struct xdc_preflights *all, size_t index, bool again,
			 const struct xdc_preflight_options *options, struct xdc_arena *arena,
			 FILE *out)
{
	const struct xdc_preflight *flight = &all->items[index];
	bool first = true;

	for (size_t i = 0; i < flight->n_checks; i++) {
		const struct xdc_preflight_check *check = &flight->checks[i];
		const char *as = told_of(all, index, check);

		if (check->outcome == XDC_OUTCOME_PASS || again != (as != NULL))
			continue;
		if (again && first)
			fputc('\n', out);
		first = false;
		print_check(check, as, options, arena, out);
	}
}

static void print_passed(const struct xdc_preflight *flight,
			 const struct xdc_preflight_options *options, struct xdc_arena *arena,
			 FILE *out)
{
	bool first = true;

	for (size_t i = 0; i < flight->n_checks; i++) {
		if (flight->checks[i].outcome != XDC_OUTCOME_PASS)
			continue;
		if (first)
			fputc('\n', out);
		first = false;
		print_check(&flight->checks[i], NULL, options, arena, out);
	}
	if (flight->n_not_checked)
		fputs("\nNot checked:\n", out);
	for (size_t i = 0; i < flight->n_not_checked; i++) {
		fputs("  ", out);
		xdc_wrap(out, flight->not_checked[i], 2, 2, options->width);
	}
}

static void print_flight(const struct xdc_preflights *all, size_t index,
			 const struct xdc_preflight_options *options, FILE *out)
{
	const struct xdc_preflight *flight = &all->items[index];
	struct xdc_arena *arena = xdc_arena_new();

	print_answer(flight, arena, options->width, out);
	if (flight->n_io)
		fputc('\n', out);
	for (size_t i = 0; i < flight->n_io; i++)
		print_io(&flight->io[i], arena, options->width, out);
	print_checks(all, index, false, options, arena, out);
	print_checks(all, index, true, options, arena, out);
	if (options->verbose)
		print_passed(flight, options, arena, out);
	xdc_arena_free(arena);
}

/* Of several guests, the answers once more: the last that is seen. */
static void print_summary(const struct xdc_preflights *all,
			  const struct xdc_preflight_options *options, FILE *out)
{
	struct xdc_arena *arena = xdc_arena_new();

	fputc('\n', out);
	for (size_t i = 0; i < all->count; i++)
		print_answer(&all->items[i], arena, options->width, out);
	xdc_arena_free(arena);
}

int xdc_render_preflight(const struct xdc_preflights *all,
			 const struct xdc_preflight_options *options, FILE *out)
{
	for (size_t i = 0; i < all->count; i++) {
		if (i)
			fputc('\n', out);
		print_flight(all, i, options, out);
	}
	if (all->count > 1)
		print_summary(all, options, out);
	return ferror(out) ? -EIO : 0;
}
