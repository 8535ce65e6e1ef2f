/* SPDX-License-Identifier: MIT */
/*
 * store_model.h - what a store should hold, kept in the plainest way: an
 * array of interactions, each with its visits, all texts constants.
 */
#ifndef STORE_MODEL_H
#define STORE_MODEL_H

#include <kpi/store.h>

#define MODEL_VISITS 4
#define MODEL_MOST   2000

struct model_one {
	kpi_interaction whole;
	kpi_visit visits[MODEL_VISITS];
};

struct model {
	struct model_one one[MODEL_MOST];
	size_t count;
};

/* A number from 0 to `below` - 1, the same on every machine. */
uint32_t model_random(uint64_t *seed, uint32_t below);

/* Fills `one` at random; with probability, nothing but `id` is known. Points
 * one->whole.visits at one->visits. */
void model_make(struct model_one *one, uint64_t *seed, int update);

/* Copies, so that the visits are the copy's own. */
void model_copy(struct model_one *to, const struct model_one *from);

/* MODEL_MOST: there is none. */
size_t model_find(
    const struct model *model, const char *source, const char *id);
void model_add(struct model *model, const struct model_one *one);
void model_update(
    struct model *model, size_t at, const struct model_one *one, int32_t clear);
void model_delete(struct model *model, size_t at);

/* Fails the test unless the store's present state is the model's. */
void model_compare(const struct model *model, kpi_store *store);

/* An interaction as a line of text, all fields in it. */
void model_print(const kpi_interaction *whole, char *text, size_t room);

#endif
