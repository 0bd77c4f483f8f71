/* SPDX-License-Identifier: ISC */
/*
 * pin - namespaces that stay under a name: a directory NAME with a member
 * (mnt, uts, ipc, net, ...) for each.  Root's are bind mounts; those of others
 * are links to the descriptors of a process (lib/pin/holder).  The directories
 * that they are in: lib/pin/dir.
 */
#ifndef NSKIT_PIN_PIN_H
#define NSKIT_PIN_PIN_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "lib/ns.h"
#include "lib/proc.h"
#include "lib/pin/dir.h"
#include "lib/pin/holder.h"

#define PIN_NAME_MAX 200 /* bytes of a name that we make */
#define PIN_ANY_MAX 255	 /* of one that is there */

/*
 * pin_name_valid - may NAME be that of a new pin?  Letters and digits, of ASCII
 * and of UTF-8, and _.@+-; the first of ASCII a letter, a digit or '_'; not all
 * digits; PIN_NAME_MAX bytes at most, none that lib/text would escape.
 */
bool pin_name_valid(const char *name);
/* What to say of one that may not. */
#define PIN_NAME_WORDS                                                        \
	"not a name: up to 200 letters, digits and _.@+-, not digits alone, " \
	"not self"

/*
 * pin_name_possible - can NAME be one that is there, of ours, ip-netns(8) or
 * docker?  Whatever a file may be called, but the hidden ones of lib/pin/dir.
 */
bool pin_name_possible(const char *name);

/* What has become of a member. */
enum pin_state {
	PIN_LIVE,
	PIN_ENDED,     /* what kept it alive has ended: nobody can use it */
	PIN_EMPTY,     /* nothing is mounted on its file here */
	PIN_ELSEWHERE, /* it may live where its holder is */
	PIN_OTHER,     /* it is no namespace */
	PIN_UNSEEN,    /* it cannot be known: see errnum */
};

/* What there is under a name. */
struct pin_info {
	const char *kind; /* "mount" or "holder" */
	pid_t holder;	  /* the process that keeps it, or 0 */
	pid_t init;	  /* the init that was made for it, or 0 */
	time_t since;	  /* seconds since the epoch; 0: not known */
	bool has[NS_NTYPES];
	int fd[NS_NTYPES];		  /* open for reading, or -1 */
	struct ns_identity id[NS_NTYPES]; /* of those */
	enum pin_state state[NS_NTYPES];  /* of those that it has */
	const char *why[NS_NTYPES];	  /* in words; NULL: it is live */
	int errnum[NS_NTYPES]; /* what kept us from seeing it, or 0 */
	/* A directory that may have it was passed over: EACCES, we may not read
	 * it; EPERM, it is not trusted (pin_distrusted) */
	int refused;
};

/*
 * pin_look - open what is kept under NAME in the directory DIR, or (NULL) in
 * the first one that has the name.
 *
 * Nothing is opened that does not lie on nsfs, links are followed only to the
 * descriptors of a holder that is who it was.  Returns 0,
 * or -1 and errno: ENOENT there is no such name; EINVAL it holds nothing of
 * the kind; ENXIO it is an empty file with nothing mounted here, or a link
 * that leads nowhere.  To be
 * closed by pin_close(info->fd).
 */
int pin_look(const char *dir, const char *name, struct pin_info *info);

/*
 * pin_glance - the same of NAME in the pin directory that is open as RUN, in
 * few system calls: where the file, on a device NSFS, says which namespace it
 * is, and that it lives, it is not opened, and its id is not known but for type
 * and inode.
 */
int pin_glance(int run, const char *name, dev_t nsfs, struct pin_info *info);

/*
 * pin_seek_init - before Linux 6.11 pin_look cannot tell whether a PID
 * namespace has an init: look for its processes, one by one; if there are none
 * it has ended.
 */
void pin_seek_init(struct pin_info *info);

/* pin_is - are all that it has in STATE? */
bool pin_is(const struct pin_info *info, enum pin_state state);

/* pin_close - close the descriptors that are open. */
void pin_close(int fd[NS_NTYPES]);

/*
 * pin_each - call FN with each name of one directory (DIR, open as RUN) after
 * the other, but not
 * with one that is hidden by the same name in an earlier directory; a result
 * other than 0 ends it.  Returns that result, 0, or -1 and errno (a directory
 * that is missing is empty; EPERM, after all others: one is not trusted).
 */
int pin_each(int (*fn)(void *arg, int run, const char *dir, const char *name),
    void *arg);

/* pin_find - the first directory that has a file NAME, into PATH. */
bool pin_find(const char *name, char *path, size_t size);

/*
 * pin_process - open the process for whose life NAME is kept (nspin --while) in
 * P.  Returns 0; -1 and errno: ENOENT, none is recorded; ESRCH, it has ended.
 */
int pin_process(const char *name, struct proc *p);

/*
 * pin_distrusted - which directories of names are passed over because somebody
 * else could have made names there, and why, in words ("/run/netns: it belongs
 * to user 7"), into BUF.  False: none.
 */
bool pin_distrusted(char *buf, size_t size);

/*
 * pin_no_such - that there is no NAME, and which look like it, or else which
 * directories were looked at, in words, into TEXT.  Returns whether any does.
 */
bool pin_no_such(const char *name, char *text, size_t size);

/*
 * pin_missing - why pin_look or pin_remove of NAME failed by ERRNUM, in words
 * that name a directory that was passed over, in static memory; REFUSED is of
 * pin_info.
 */
const char *pin_missing(const char *name, int errnum, int refused);

/* A directory being filled; the caller's memory. */
struct pin {
	const char *name;  /* NULL: of records of files alone */
	int run;	   /* the pin directory */
	int dir;	   /* the hidden directory in it, locked */
	bool held;	   /* by a process, not by mounts */
	bool mounting;	   /* else pin_try has failed before it mounts */
	int fd[NS_NTYPES]; /* what that process is to keep */
	int until;	   /* pidfd at whose end it goes, or -1 */
	int init;	   /* lifeline of its init: our end, or -1 */
	struct holder holder;
	bool netns, linked; /* a link in /run/netns: wanted, made */
	char hidden[PIN_HIDDEN_MAX];
	char path[PIN_PATH_MAX]; /* of the pin directory */
	bool published;
};

/*
 * pin_begin - open the pin directory, making it where needed, and make a hidden
 * directory in it.  HELD: by a process, not by mounts.  Outside; exits with
 * STATUS on failure, in words; undone by fail.  NAME is used until pin_publish
 * returns.
 */
void pin_begin(struct pin *p, const char *name, bool held, int status);

/*
 * pin_begin_files - only a hidden directory, for the records of
 * lib/pin/journal; p->dir is -1 where there cannot be one.  Undone by fail.
 */
void pin_begin_files(struct pin *p, bool held);

/*
 * pin_end_files - all of the files are kept: in one step their records mean
 * nothing any more.  Exits with STATUS on failure.
 */
void pin_end_files(struct pin *p, int status);

/*
 * pin_try - keep the namespace FD of TYPE in it; FD stays the caller's.
 * Returns 0, or -1 and errno.
 */
int pin_try(struct pin *p, const struct ns_type *type, int fd);

/*
 * pin_is_older - does ERRNUM of pin_try mean that it is a mount namespace that
 * is our own or older, which would hold itself?
 */
bool pin_is_older(const struct ns_type *type, int errnum);

/* pin_add - the same; exits with STATUS. */
void pin_add(struct pin *p, const struct ns_type *type, int fd, int status);

/* pin_init - PID is the init that was made for its PID namespace. */
void pin_init(struct pin *p, pid_t pid, int status);

/* pin_while - let go of it when the process PID, open as PIDFD, ends. */
void pin_while(struct pin *p, pid_t pid, int pidfd, int status);

/*
 * pin_publish - let it be seen, all at once, and with p->netns by ip-netns(8)
 * too.  Exits with STATUS, with nothing left, if the name exists.  The undo
 * steps stay the caller's.
 */
void pin_publish(struct pin *p, int status);

/* pin_withdraw - undo what was begun, published or not; a struct pin *. */
void pin_withdraw(void *p);

/*
 * pin_remove - let go of NAME, also of one of ip-netns(8): its holder and init
 * are ended.
 *
 * Returns 0, or -1 and errno: EXDEV, a member is not mounted in our mount
 * namespace, and to unlink it would end it elsewhere (ANYWAY: it is removed
 * nevertheless); EINVAL, it is no pin; EREMOTE, it is one of docker.
 */
int pin_remove(const char *name, bool anyway);

/*
 * pin_release - the same for NAME in the pin directory that is open as RUN, if
 * it still is the directory DIR that was looked at.  Returns 1 if that is no
 * longer so.
 */
int pin_release(int run, const char *name, int dir, bool anyway);

/* pin_rename - renameat2(2) without replacing.  Returns 0, or -1 and errno. */
int pin_rename(const char *from, const char *to);

/*
 * pin_clean - remove what nobody can use: hidden directories that nobody works
 * on, with the files that they tell of (lib/pin/journal), names whose members
 * are all dead or whose time is over, links to names that are gone; call FN
 * with each, and with DRY do no more than that. Returns 0, or -1 and errno.
 */
int pin_clean(bool dry, void (*fn)(const char *name));

/*
 * mntid_raise_above - in the process that is in a new mount namespace: see that
 * its id is above ID, the binder's, or Linux 6.18 takes it for older and
 * refuses to bind it.  Makes mount namespaces anew until it is.  Returns 0, or
 * -1 and errno.
 */
int mntid_raise_above(unsigned long long id);

/* mntid_of - the id of our mount namespace, 0 where the kernel has none. */
unsigned long long mntid_of(void);

#endif
