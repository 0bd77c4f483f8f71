/* SPDX-License-Identifier: ISC */
/*
 * mnt - the mounts of a new mount namespace: propagation, proc, binfmt_misc;
 * and the working directory (mount_namespaces(7)).
 */
#ifndef NSKIT_STEP_MNT_H
#define NSKIT_STEP_MNT_H

#include <sys/mount.h>

#include <stdbool.h>

#include "lib/explain.h"
#include "lib/opt.h"
#include "lib/step/root.h"

struct mnt_request {
	unsigned long propagation; /* MS_PRIVATE …; 0: unchanged */
	const char *proc;	   /* where to mount proc, or NULL */
	const char *binfmt;	   /* where to mount binfmt_misc, or NULL */
	const char *interp;	   /* what to register there, or NULL */
	const char *wd;
};

#define MNT_REQUEST_DEFAULT                        \
	{                                          \
		.propagation = MS_REC | MS_PRIVATE \
	}

/* -l --load-interp --mount-binfmt --mount-proc --propagation -w --wd */
extern const struct opt mnt_options[];

/* mnt_needs_ns - does the request need a mount namespace of its own? */
bool mnt_needs_ns(const struct mnt_request *r);

/* mnt_stays_inside - does no mount made inside appear outside? */
bool mnt_stays_inside(const struct mnt_request *r);

/* mnt_wants_proc - was --mount-proc given? */
bool mnt_wants_proc(const struct mnt_request *r);

/*
 * mnt_propagate - step 9, in a new mount namespace: set the propagation of all
 * mounts, in a chroot those above its root too.  Exits on failure.
 */
void mnt_propagate(const struct mnt_request *r);

/*
 * mnt_mount - step 10: mount proc, and binfmt_misc of the new user namespace
 * (Linux 6.7), where they were asked for.  If the propagation would let it
 * travel outside, the one mount that holds the directory is made
 * private first.  Inside the new PID namespace, or it would show the old one.
 * Below the new root directory, if there will be one.  Exits on failure.
 */
void mnt_mount(const struct mnt_request *r, const struct root *root);

/* mnt_directory - step 14: the working directory.  Exits on failure. */
void mnt_directory(const struct mnt_request *r);

/*
 * mnt_explain, mnt_explain_propagation, mnt_explain_directory - describe what
 * the functions above do; see lib/explain.
 */
void mnt_explain(
    const struct mnt_request *r, const char *root_dir, struct explain *e);
void mnt_explain_propagation(const struct mnt_request *r, struct explain *e);
void mnt_explain_directory(const struct mnt_request *r, struct explain *e);

#endif
