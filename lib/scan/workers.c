/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/sysinfo.h>
#include <sys/types.h>

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "lib/file.h"
#include "lib/scan/numbers.h"
#include "lib/scan/processes.h"
#include "lib/scan/scan.h"
#include "lib/scan/sockets.h"
#include "lib/scan/workers.h"

#define READERS_MAX 16

/* More gain little: the kernel's locks are shared. */
#define READERS_DEFAULT 2

/* Processes or threads from which on a second thread helps. */
#define WORTH 128
#define WORTH_THREADS 1024

/* Processes that one takes at once: fewer where each may have many threads. */
#define AT_A_TIME 32
#define FEW_AT_A_TIME 2

/* Processes, or the threads of LEADER. */
struct crowd {
	const struct scan_target *leader;
	pid_t *pids;
	size_t n, size, step;
	atomic_size_t next;
};

/* One thread, with a reader of its own. */
struct hand {
	struct scan_reader reader;
	struct crowd *crowd;
	pthread_t thread;
};

static int
workers_add(struct crowd *c, pid_t pid)
{
	size_t size = c->size == 0 ? 512 : 2 * c->size;
	pid_t *pids;

	if (c->n == c->size) {
		if ((pids = reallocarray(c->pids, size, sizeof(*pids))) == NULL)
			return -1;
		c->pids = pids;
		c->size = size;
	}
	c->pids[c->n++] = pid;
	return 0;
}

/* The numbers in the directory PATH below /proc.  0, or -1 and errno. */
static int
workers_list(const struct scan_reader *r, struct crowd *c, const char *path)
{
	struct scan_dir dir;
	int pid, result = 0;

	if (scan_dir_open(&dir, r->proc, path) == -1)
		return -1;
	while (result == 0 && (pid = scan_dir_next(&dir)) != -1)
		result = workers_add(c, (pid_t)pid);
	if (result == 0 && errno != 0)
		result = -1;
	scan_dir_close(&dir);
	return result;
}

static void
workers_read(struct scan_reader *r, struct crowd *c)
{
	size_t first, last;

	while (
	    !r->full && (first = atomic_fetch_add(&c->next, c->step)) < c->n) {
		last = c->n - first < c->step ? c->n : first + c->step;
		for (; first < last && !r->full; first++)
			if (c->leader != NULL)
				scan_thread(
				    r, c->leader, c->pids[first], false);
			else
				scan_process(r, c->pids[first]);
	}
}

static void *
hand_run(void *arg)
{
	struct hand *h = arg;

	/* Two that share these wait for one another, too. */
	h->reader.roams = unshare(CLONE_FS | CLONE_FILES) == 0;
	workers_read(&h->reader, h->crowd);
	file_close(h->reader.above);
	return NULL;
}

/* A thread that reads beside us.  False: there is none to be had. */
static bool
hand_start(struct hand *h, const struct scan_reader *r, struct crowd *c)
{
	h->crowd = c;
	h->reader = *r;
	h->reader.above = -1;
	h->reader.sockets = NULL;
	h->reader.unseen = (struct scan_unseen){ 0 };
	h->reader.wide = NULL;
	h->reader.puts_off = true;
	if ((h->reader.table = scan_table_new()) == NULL)
		return false;
	if (pthread_create(&h->thread, NULL, hand_run, h) == 0)
		return true;
	scan_table_free(h->reader.table);
	return false;
}

static void
unseen_add(struct scan_unseen *to, const struct scan_unseen *from)
{
	if (to->error == 0 || (to->failed == 0 && from->failed > 0))
		to->error = from->error;
	if (to->pid == 0)
		to->pid = from->pid;
	to->failed += from->failed;
	to->processes += from->processes;
	to->sockets += from->sockets;
	to->mntns += from->mntns;
	to->trees += from->trees;
	to->above += from->above;
	to->queues += from->queues;
	to->unasked += from->unasked;
}

static void
hand_end(struct hand *h, struct scan_reader *r)
{
	struct scan_wide **end = &r->wide;

	pthread_join(h->thread, NULL);
	while (*end != NULL)
		end = &(*end)->next;
	*end = h->reader.wide;
	scan_table_merge(r, h->reader.table);
	scan_sockets_free(&h->reader);
	r->full = r->full || h->reader.full;
	unseen_add(&r->unseen, &h->reader.unseen);
}

size_t
scan_readers(size_t n)
{
	cpu_set_t cpus;

	if (n < WORTH ||
	    (sched_getaffinity(0, sizeof(cpus), &cpus) == 0 &&
		CPU_COUNT(&cpus) < 2))
		return 1;
	return READERS_DEFAULT;
}

static size_t
readers_for(const struct scan_reader *r, size_t n)
{
	size_t most = r->request->nreaders;
	struct sysinfo info;

	if (most != 0)
		return most > READERS_MAX ? READERS_MAX : most;
	/* Its number of processes is that of threads. */
	if (n < WORTH && sysinfo(&info) == 0 && info.procs >= WORTH_THREADS)
		n = WORTH;
	return scan_readers(n);
}

/*
 * Read C with as many as are WANTED.  Those are threads all of them: of us, the
 * working directory is somebody else's, too.
 */
static void
crowd_read(struct scan_reader *r, struct crowd *c, size_t wanted)
{
	struct hand hands[READERS_MAX];
	size_t n = 0;

	c->step = c->n < 2 * WORTH ? FEW_AT_A_TIME : AT_A_TIME;
	while (wanted > 1 && n < wanted && hand_start(&hands[n], r, c))
		n++;
	if (n < wanted)
		workers_read(r, c);
	while (n > 0)
		hand_end(&hands[--n], r);
}

/* The threads of one that has many. */
static void
wide_read(struct scan_reader *r, struct scan_wide *w, size_t wanted)
{
	struct crowd c = { .leader = &w->leader };

	if (workers_list(r, &c, scan_target_path(&w->leader, "task")) == 0)
		crowd_read(r, &c, wanted);
	else if (errno != ENOENT && errno != ESRCH)
		scan_target_refuse(r, &w->leader);
	free(c.pids);
}

int
scan_workers(struct scan_reader *r)
{
	struct crowd c = { 0 };
	struct scan_wide *w;
	size_t wanted;

	if (workers_list(r, &c, ".") == -1) {
		free(c.pids);
		return -1;
	}
	wanted = readers_for(r, c.n);
	crowd_read(r, &c, wanted);
	while ((w = r->wide) != NULL) {
		r->wide = w->next;
		wide_read(r, w, wanted);
		free(w);
	}
	/*
	 * A PID namespace ends with its process 1, which readdir(3) shows
	 * first: who does not see it does not see all.
	 */
	r->unseen.hidden = c.n == 0 || c.pids[0] != 1;
	free(c.pids);
	return 0;
}
