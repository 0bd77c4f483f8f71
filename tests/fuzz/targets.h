/* SPDX-License-Identifier: ISC */
/*
 * targets - the two functions that libFuzzer calls, by the names it gave them.
 */
#ifndef NSKIT_FUZZ_TARGETS_H
#define NSKIT_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>

/* Choose the target by the program's name; by none of theirs, list them. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Give it one input; aborts if what must hold does not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
