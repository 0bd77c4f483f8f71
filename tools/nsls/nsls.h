/* SPDX-License-Identifier: ISC */
/*
 * nsls - what its files share: the request, the columns, the rows, and how
 * they are printed.  One noun is one file.
 */
#ifndef NSKIT_NSLS_NSLS_H
#define NSKIT_NSLS_NSLS_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/scan/scan.h"

#define USAGE 2
#define COLUMNS_MAX 64

/* The request: request.c --------------------------------------------------- */

enum tree { TREE_NONE, TREE_OWNER, TREE_PARENT, TREE_PROCESS };

struct request {
	/* how it looks */
	bool json, lines, raw, null, bare, list, whole, flat;
	/* what is listed */
	bool persistent, scm, threads, leaders, quiet, strict;
	/* what is done in place of a listing */
	bool help, why, diff, dot, watch;
	bool verbose;
	const char *gone;
	const char *columns; /* LIST of -o, or NULL */
	const char *filter;  /* EXPR of -Q, or NULL */
	bool everything;     /* --output-all */
	int types;	     /* CLONE_NEW* of -t, 0: all */
	const char *task;    /* PID or REF of -p, or NULL */
	int interval;	     /* of --watch, in ms */
	enum tree tree;
};

extern const struct opt_tool nsls_tool;

/*
 * request_check - exit on a usage error if R, with N operands, contradicts
 * itself.
 */
void request_check(const struct request *r, int n);

/* What a REF means: target.c ----------------------------------------------- */

struct target {
	const char *text;
	bool one; /* names one namespace, not a process or a set */
	size_t n;
	struct ns_identity id[NS_NTYPES]; /* type NULL: by inode alone */
};

/*
 * target_doubt - with -v: say who else could change what those of the N
 * OPERANDS lead to that are paths.
 */
void target_doubt(const struct request *r, char *const *operands, int n);

/*
 * target_resolve - find out which namespaces TEXT denotes, of one type in
 * TYPES or of all; none of them is held afterwards.  What has an inode number
 * in its text is not looked for.
 *
 * Returns 0, or -1 and *errstr, as ref_resolve.  Exits if TEXT is no REF.
 */
int target_resolve(
    struct target *t, const char *text, int types, const char **errstr);

/*
 * target_process - the process that TEXT, a number or a REF, leads to; exits
 * with 1 if there is none.
 */
pid_t target_process(const char *text);

/*
 * target_open - the same with an identity that is sure, also by an inode
 * number; exits with STATUS if there is no such thing.
 */
void target_open(struct target *t, const char *text, int types, int status);

/* What is found once: facts.c -------------------------------------------- */

/* memory_for - zeros for N things of SIZE, one at least; exits with 1. */
void *memory_for(size_t n, size_t size);

/* value_text, _copy, _number - in fresh memory; exit with 1 if there is none.
 */
char *value_text(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *value_copy(const char *text);
char *value_number(uintmax_t n);

/* Texts by inode: names, mount points. */
struct label {
	ino_t ino;
	char *text; /* escaped */
};

struct labels {
	bool read;
	size_t n, size;
	struct label *label; /* sorted by inode */
};

/* A file of the process that it was read of last: often the next row's, too. */
struct kept {
	pid_t pid;
	char *text; /* NULL: none */
	size_t len;
};

/* What was found once and serves every row. */
struct facts {
	size_t lost;	/* values that could not be read */
	size_t failed;	/* of those, for another reason than permission */
	int errnum;	/* why not the first one */
	bool told;	/* that an engine has no answer */
	bool distrusts; /* a directory of names, which is passed over */
	struct labels names, mounts;
	int netlink;		   /* rtnetlink socket; -1: not open */
	bool tried;		   /* to open it */
	struct networks *networks; /* as network.c has read them; NULL: none */
	ino_t mntns;		   /* our own; 0: not asked yet */
	int identities; /* have pidfds one here? 0: not asked yet, -1: no */
	struct kept status, cmdline, cgroup;
	struct kept command; /* what COMMAND makes of cmdline */
};

/*
 * facts_init, facts_free - F without anything in it, at first and last.
 * labels_free - the same for one part of it.
 */
void facts_init(struct facts *f);
void facts_free(struct facts *f);
void labels_free(struct labels *labels);

/*
 * facts_lost - count a value that could not be read, as errno says, but not of
 * a process PID (0: not of one) that has gone meanwhile.
 */
void facts_lost(struct facts *f, pid_t pid);

/* The rows: list.c ------------------------------------------------------- */

struct list;

/* One line of the listing. */
struct row {
	const struct list *list;
	const struct scan_ns *ns;
	pid_t pid;    /* its process, or 0 */
	size_t above; /* in a tree the row that it hangs from, or ROW_NONE */
	size_t depth;
};

#define ROW_NONE ((size_t)-1)

struct column;

struct list {
	const struct request *r;
	pid_t pid; /* of -p, or 0 */
	struct scan scan;
	struct facts *facts;
	const struct column *which[COLUMNS_MAX];
	size_t ncolumns;
	struct row *rows;
	size_t n;
	bool members; /* rows are the processes of a namespace */
	enum tree tree;
};

/*
 * list_make - find the rows that R and the operands (N texts at OPERANDS) ask
 * for; a target that is not there is told and sets *STATUS to 1.  Exits with 1
 * on failure.  list_free gives it back.
 */
void list_make(struct list *l, const struct request *r, char **operands, int n,
    int *status);
void list_free(struct list *l);

/* list_order - put the rows into the order of the tree: tree.c. */
void list_order(struct list *l);

/*
 * list_unseen - what S and F could not see: true, and one line on stderr unless
 * R is quiet, if it may change the answer: nothing was FOUND, or something
 * failed that is not for others alone to see, or R is strict.  Else there is a
 * hint at a terminal.
 */
bool list_unseen(const struct request *r, const struct scan *s,
    const struct facts *f, bool found);

/* The columns: column.c ---------------------------------------------------- */

enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_LIST };

/* It counts over all processes: the one of -p alone will not do. */
#define WANT_COUNTS 0x80000000U

struct column {
	const char *name, *help;
	enum column_kind kind;
	double share;  /* of a narrow terminal, to be shortened to; 0: never */
	unsigned want; /* SCAN_* that it needs, WANT_COUNTS */
	/* Does --watch tell that it changes, and that there is none any more?
	 */
	enum { TELL_NOT, TELL_NEW, TELL_ANY } tell;
	bool beside; /* value asks files of the row's process alone */
	/* Fresh memory, of a list one item a line; NULL: there is none. */
	char *(*value)(const struct row *row);
};

/*
 * nsls_columns - all, in the order of --output-all, a last one without a name:
 * value.c.
 */
extern const struct column nsls_columns[];

/*
 * column_is_number - are all values of C numbers?  Those of NETNSID are not as
 * lsns has them: value.c.
 */
bool column_is_number(const struct column *c);

/*
 * column_choose - the columns of L, from its request.  Exits on a usage error.
 */
void column_choose(struct list *l);

/*
 * column_container - CONTAINER after the default columns of L if a row has one
 * and the terminal room.
 */
void column_container(struct list *l);

/* column_find - by its name in any case; NULL. */
const struct column *column_find(const char *name);

/* column_want - the SCAN_* that the columns of L need. */
unsigned column_want(const struct list *l);

/* column_help - a line on stdout for each column (-H), as R looks. */
void column_help(const struct request *r);

/* One process: process.c --------------------------------------------------- */

/*
 * What /proc says of PID; fresh memory, or NULL where it is gone or there is
 * no answer, which F counts.  process_status wants number N of KEY's in its
 * status file (0 the first, -1 the last).
 */
pid_t process_parent(struct facts *f, pid_t pid); /* 0: none */
char *process_status(struct facts *f, pid_t pid, const char *key, int n);
/* An init of ours says of which command it is one ... */
char *process_command(struct facts *f, pid_t pid);
/* ... or the command itself stands for it. */
char *process_command_inside(struct facts *f, pid_t pid);
char *process_cgroup(struct facts *f, pid_t pid);
char *process_container(struct facts *f, pid_t pid);
/* Its name, which its engine is asked for; QUIET: no word if it is silent. */
char *process_container_name(struct facts *f, pid_t pid, bool quiet);
/* FILE is uid_map or gid_map. */
char *process_map(struct facts *f, pid_t pid, const char *file);
char *process_boottime(struct facts *f, pid_t pid);
char *process_interfaces(struct facts *f, pid_t pid);
/* process_mntns - its inode, 0: not known. */
ino_t process_mntns(struct facts *f, pid_t pid);
/* process_ref - "TYPE=PID:INO", found to be in NS at this moment. */
char *process_ref(struct facts *f, pid_t pid, const struct scan_ns *ns);

/* What is known by inode: label.c ------------------------------------------ */

/*
 * labels_of - one text a line of all that have that inode; fresh memory or
 * NULL.  labels_first - the first one, in the memory of LABELS, or NULL.
 */
char *labels_of(const struct labels *labels, ino_t ino);
const char *labels_first(const struct labels *labels, ino_t ino);

/*
 * facts_names - the names of pins; facts_mounts - our mount table's nsfs; each
 * read once.  labels_same - are they the same?
 */
const struct labels *facts_names(struct facts *f);
const struct labels *facts_mounts(struct facts *f);
bool labels_same(const struct labels *a, const struct labels *b);

/* Numbers that other networks have: netnsid.c ------------------------------ */

/*
 * netnsid_of - the number that our network namespace has for the namespace of
 * FD, by rtnetlink; NETNSID_NONE: it has none, NETNSID_UNKNOWN: no answer.
 * FACTS keeps the socket.
 */
#define NETNSID_NONE (-1)
#define NETNSID_UNKNOWN (-2)
int netnsid_of(struct facts *facts, pid_t pid, int fd);

/* netnsid_ask - the same number of the network that SOCK, rtnetlink, is of. */
int netnsid_ask(int sock, pid_t pid, int fd);

/* Interfaces: network.c ---------------------------------------------------- */

/*
 * network_interfaces - the names of those in the network NS, one a line.
 * network_peers - of those that have another end INTERFACE:NS:INTERFACE, with
 * the inode number of the network that this is in; "-:ifINDEX" where we cannot
 * see it.  Fresh memory, or NULL: none, or F counts that NS cannot be entered.
 */
char *network_interfaces(struct facts *f, const struct scan_ns *ns);
char *network_peers(struct facts *f, const struct scan_ns *ns);

/* networks_free - give back what facts keep of it; NULL is nothing. */
void networks_free(struct networks *all);

/* Printing: print.c -------------------------------------------------------- */

struct print;

/*
 * print_begin - begin a table, JSON (an array named NAME), or what R wants, of
 * N columns, TREE where the lines have depths.  print_line takes the cells,
 * fresh memory each or NULL, at most one level deeper than the one before;
 * print_end prints what is left.  Exit with 1 on failure.
 */
struct print *print_begin(const struct request *r, const char *name,
    const struct column *const *which, size_t n, enum tree tree);
void print_line(struct print *p, size_t depth, char **cell);
void print_end(struct print *p);

/*
 * print_changes - begin records of --watch; print_change - one of them, SIGN
 * being '+', '-' or '~', flushed; CHANGED says of each cell whether it is what
 * has, or is NULL.
 */
struct print *print_changes(
    const struct request *r, const struct column *const *which, size_t n);
void print_change(
    struct print *p, char sign, char *const *cell, const bool *changed);

/*
 * print_check - exit with 1 if standard output has not taken something, at
 * once: what comes after it may overwrite the reason.
 */
void print_check(void);

/* print_flush - exit with 1 if standard output did not take it all. */
void print_flush(void);

/* print_list - all of L. */
void print_list(const struct list *l);

/* JSON: json.c ------------------------------------------------------------- */

struct json {
	const char *name; /* of the array */
	bool begun;
	size_t depth;
};

/*
 * json_line - one object, with depth under the one before; json_end - the end.
 * json_members - what stands between the braces of an object.  json_names - an
 * array of the names of those columns that are CHOSEN.
 */
void json_line(struct json *j, size_t depth, const struct column *const *which,
    size_t n, char *const *cell);
void json_end(struct json *j);
void json_members(
    const struct column *const *which, size_t n, char *const *cell);
void json_names(
    const struct column *const *which, size_t n, const bool *chosen);

/* Filters: filter.c -------------------------------------------------------- */

struct filter;

/* filter_new - read EXPR; exits on a usage error.  NULL for NULL. */
struct filter *filter_new(const char *expr);

/* filter_want - the SCAN_* that it needs. */
unsigned filter_want(const struct filter *f);

/* filter_match - is ROW one of them?  Yes, if F is NULL. */
bool filter_match(struct filter *f, const struct row *row);

/* filter_free - and with NULL nothing. */
void filter_free(struct filter *f);

/* What is done in place of a listing; each returns the exit status ------- */

int why_print(const struct request *r, char **operands, int n);
int diff_print(const struct request *r, char **operands);
int dot_print(const struct request *r, char **operands, int n);
int watch_run(const struct request *r);
int gone_wait(const struct request *r);

#endif
