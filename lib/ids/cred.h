/* SPDX-License-Identifier: ISC */
/*
 * cred - who the command is: user and group IDs, supplementary groups, and with
 * them its capabilities (lib/ids/caps) and no_new_privs (credentials(7)).
 */
#ifndef NSKIT_IDS_CRED_H
#define NSKIT_IDS_CRED_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/explain.h"
#include "lib/ids/caps.h"
#include "lib/ids/idmap.h"
#include "lib/opt.h"

#define CRED_GROUPS_MAX 1024

struct cred_request {
	const char *user;   /* -S, as typed; NULL: unchanged */
	const char *group;  /* -G */
	const char *groups; /* --groups */
	bool init_groups;   /* those of the user of -S */
	struct caps_request caps;
	bool no_new_privs;
	const struct idmap_job *job; /* of a new user namespace, or NULL */

	/* Found out by cred_resolve. */
	uid_t uid;
	gid_t gid;
	size_t ngroups;
	gid_t group_list[CRED_GROUPS_MAX];
};

#define CRED_REQUEST_DEFAULT \
	{                    \
		0            \
	}

/* -G -S --groups --init-groups --no-new-privs; for the member caps,
 * caps_options */
extern const struct opt cred_options[];

/*
 * cred_parse_user, cred_parse_group - a number from 0 to 4294967294, or a name
 * of passwd(5) or group(5).  Look up outside: inside, the answer would come
 * from a database and from modules of somebody else.
 *
 * Return 0, or -1 and *errstr.
 */
int cred_parse_user(const char *text, uid_t *uid, const char **errstr);
int cred_parse_group(const char *text, gid_t *gid, const char **errstr);

/* cred_resolve - look up all names.  Returns 0, or -1 and "option: why". */
int cred_resolve(struct cred_request *r, const char **errstr);

/*
 * cred_become_root - step 7: take uid 0 and gid 0 inside, each where the maps
 * have it.  Exits on failure.
 */
void cred_become_root(bool uid, bool gid);

/*
 * cred_become_root_there - the same in a user namespace that was entered, whose
 * maps nobody has looked at.  An ID that they do not have stays; if we are
 * PRIVILEGED outside, where it is worth more than inside, those of R are taken
 * at once.  OWN_PROC: /proc is not that of others, so that what R asks for can
 * be compared with the maps first.  Exits on failure.
 */
void cred_become_root_there(
    const struct cred_request *r, bool privileged, bool own_proc);

/*
 * cred_settle - step 7 after --owner: our real and saved IDs become the
 * effective ones, each where the maps have it.  Exits on failure.
 */
void cred_settle(bool user, bool group);

/*
 * cred_check - has the new user namespace, or ours, the IDs of the request, and
 * may groups be set there?  Where the maps are not FINAL those that are empty
 * may still be written by somebody else.  Outside.
 *
 * Returns 0; -1 and *errstr ("option: why", static memory).
 */
int cred_check(const struct cred_request *r, bool final, const char **errstr);

/* cred_changes_ids - does R ask for a user, a group or groups? */
bool cred_changes_ids(const struct cred_request *r);

/*
 * cred_why_refused - why setresuid(2), or of a GROUP setresgid(2), failed with
 * ERRNUM, as fail_why takes it; cred_why_groups_refused - why setgroups(2) did.
 * PROC is the directory in /proc of a process of the same user namespace, to
 * look at its map, or -1.
 */
const char *cred_why_refused(int errnum, bool group, int proc);
const char *cred_why_groups_refused(int errnum, int proc);

/* cred_with_cure - WHY, which may be NULL, and what cures it, in one text. */
const char *cred_with_cure(const char *why, const char *cure);

/*
 * cred_apply - step 15: groups, gid, uid, capabilities, no_new_privs, in that
 * order; each takes away the right to the one before it.  GROUPS_DENIED, as
 * found before: the caller's groups stay.  Opens no file.  Exits on failure.
 */
void cred_apply(const struct cred_request *r, bool groups_denied);

/*
 * cred_set_gid, cred_set_uid - setresgid(2), setresuid(2), and read back what
 * came of it.  Return 0, or -1 and errno.
 */
int cred_set_gid(gid_t real, gid_t effective);
int cred_set_uid(uid_t real, uid_t effective);

/* Who another process is. */
struct cred_like {
	uid_t uid[2]; /* real, effective */
	gid_t gid[2];
	struct caps_sets caps;
};

#define CRED_LIKE_IDS 1
#define CRED_LIKE_CAPS 2
#define CRED_LIKE_KEEP 4 /* our own caps until execve(2): caps_finish_like */

/* For messages: the option, and what does without its IDs and capabilities. */
struct cred_words {
	const char *ids_hint;
	struct caps_words caps;
};

/*
 * cred_become_like - take the PARTS of L: gid, uid, capabilities, in that
 * order.  In the command's own process.  Exits on failure, in words.
 */
void cred_become_like(
    const struct cred_like *l, int parts, const struct cred_words *w);

/*
 * cred_same_groups - are our supplementary groups those N, in any order?
 * Exits on failure.
 */
bool cred_same_groups(const gid_t *groups, size_t n);

/* cred_explain - describe it; see lib/explain. */
void cred_explain(const struct cred_request *r, struct explain *e);

#endif
