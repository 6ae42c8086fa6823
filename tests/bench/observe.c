/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What observation costs on this machine, apart from loading the program: a report's own
 * walk is the other tool of the ratio. Run as root where observation works (the lab).
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collect/collect.h"

enum { RUNS = 5 };

struct paths {
	const char **items;
	size_t count;
	struct xdc_arena *arena;
};

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static void keep_path(void *arg, const struct xdc_record *record)
{
	struct paths *paths = arg;

	if (!xdc_text_starts_with(record->key, "device:/"))
		return;
	xdc_array_reserve((void **)&paths->items, paths->count, sizeof(*paths->items));
	paths->items[paths->count++] =
		xdc_arena_strdup(paths->arena, record->key + strlen("device:"));
}

static void count_samples(void *arg, const struct xdc_record *record)
{
	size_t *samples = arg;

	if (xdc_text_starts_with(record->key, "dma:/"))
		++*samples;
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static double median(double *values)
{
	qsort(values, RUNS, sizeof(*values), by_value);
	return values[RUNS / 2];
}

static double time_observation(struct xdc_source *source, const struct paths *paths, size_t count,
			       size_t *ret_samples)
{
	const struct xdc_request request = {
		.type = XDC_REQUEST_DMA_STATE,
		.devices = paths->items,
		.n_devices = count,
	};
	double start = now();

	*ret_samples = 0;
	xdc_source_ask(source, &request, count_samples, ret_samples);
	return now() - start;
}

static double time_report(struct xdc_source *source)
{
	double start = now();

	xdc_evidence_free(xdc_collect(source, XDC_OBSERVE_NEVER, 0));
	return now() - start;
}

int main(void)
{
	xdc_autosource struct xdc_source *source = xdc_source_live(NULL);
	struct paths paths = { .arena = xdc_arena_new() };
	const struct xdc_request devices = { .type = XDC_REQUEST_DEVICES };
	double loading[RUNS], all[RUNS], without[RUNS];
	double beyond, base;
	size_t samples = 0;

	xdc_source_ask(source, &devices, keep_path, &paths);
	for (size_t i = 0; i < RUNS; i++) {
		without[i] = time_report(source);
		loading[i] = time_observation(source, &paths, 0, &samples);
		all[i] = time_observation(source, &paths, paths.count, &samples);
	}
	base = median(without);
	beyond = median(all) - median(loading);
	printf("observed %zu of %zu devices\n", samples, paths.count);
	printf("reading without observation %.1f ms, loading the program %.1f ms\n", base,
	       median(loading));
	printf("with observation, beyond loading: %.2f x without (budget 2.00)\n",
	       (base + beyond) / base);
	xdc_arena_free(paths.arena);
	free(paths.items);
	return samples ? 0 : 1;
}
