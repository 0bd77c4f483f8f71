/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/asan.h"
#include "lib/exe.h"
#include "lib/file.h"

/*
 * Where the linker has put the head of our file in memory.  Bytes without an
 * end, because the table of segments follows: a read beyond an object that the
 * compiler knows the size of is trapped (-fsanitize=object-size).
 */
extern const char __ehdr_start[] __attribute__((visibility("hidden")));

/* Our program in memory: its segments, and how far from their addresses. */
struct image {
	const ElfW(Phdr) * segments;
	size_t n;
	uintptr_t bias, page;
};

static struct image
image(void)
{
	const ElfW(Ehdr) *head = (const void *)__ehdr_start;
	struct image im = {
		.segments = (const void *)(__ehdr_start + head->e_phoff),
		.n = head->e_phnum,
		.page = (uintptr_t)sysconf(_SC_PAGESIZE),
	};

	/* The first one to be loaded begins with the head. */
	for (size_t i = im.n; i-- > 0;)
		if (im.segments[i].p_type == PT_LOAD)
			im.bias = (uintptr_t)head - im.segments[i].p_vaddr;
	return im;
}

static int
protection(const ElfW(Phdr) * p)
{
	return (p->p_flags & PF_R ? PROT_READ : 0) |
	    (p->p_flags & PF_W ? PROT_WRITE : 0) |
	    (p->p_flags & PF_X ? PROT_EXEC : 0);
}

/*
 * Put a copy in memory in the place of the LEN bytes from START on, whole
 * pages that come from our file.  Nobody may write to them meanwhile.
 */
static int
copy(char *start, size_t len, int prot)
{
	void *at;
	int errnum;

	at = mmap(NULL, len, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (at == MAP_FAILED)
		return -1;
	memcpy(at, start, len);
	if ((prot == (PROT_READ | PROT_WRITE) ||
		mprotect(at, len, prot) == 0) &&
	    mremap(at, len, len, MREMAP_MAYMOVE | MREMAP_FIXED, start) !=
		MAP_FAILED)
		return 0;
	errnum = errno;
	munmap(at, len);
	errno = errnum;
	return -1;
}

/* The same bytes, by another way to our file than the one that is left. */
static int
map_view(char *start, size_t len, int prot, int view, off_t offset)
{
	return mmap(start, len, prot, MAP_PRIVATE | MAP_FIXED, view, offset) ==
		MAP_FAILED ?
	    -1 :
	    0;
}

/* All segments, and the part that the linker wants to be read-only again. */
static int
leave_file(const struct image *im, int view)
{
	const ElfW(Phdr) * p;
	uintptr_t start, end;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < im->n; i++) {
		p = &im->segments[i];
		start = (p->p_vaddr + im->bias) & -im->page;
		end = p->p_vaddr + im->bias + p->p_filesz;
		end = (end + im->page - 1) & -im->page;
		if (p->p_type != PT_LOAD || end <= start)
			continue;
		if (view == -1 || (p->p_flags & PF_W) ||
		    map_view((char *)start, end - start, protection(p), view,
			(off_t)(p->p_offset & -im->page)) == -1)
			rc = copy((char *)start, end - start, protection(p));
	}
	for (size_t i = 0; rc == 0 && i < im->n; i++) {
		p = &im->segments[i];
		start = (p->p_vaddr + im->bias) & -im->page;
		end = (p->p_vaddr + im->bias + p->p_memsz) & -im->page;
		if (p->p_type == PT_GNU_RELRO && end > start)
			rc = mprotect((char *)start, end - start, PROT_READ);
	}
	return rc;
}

/* Behind the last of the strings of LIST, which the kernel laid end to end. */
static uintptr_t
end_of(char *const *list)
{
	uintptr_t end = (uintptr_t)list;

	for (; *list != NULL; list++)
		end = (uintptr_t)*list + strlen(*list) + 1;
	return end;
}

/* Where our arguments and environment are, as ps(1) shall go on to see them. */
static void
keep_words(struct prctl_mm_map *map, char *const *argv)
{
	map->arg_start = (uintptr_t)(argv[0] != NULL ? argv[0] : (void *)argv);
	map->arg_end = end_of(argv);
	map->env_start = environ[0] != NULL ? (uintptr_t)environ[0] :
					      map->arg_end;
	map->env_end = environ[0] != NULL ? end_of(environ) : map->arg_end;
}

/*
 * PR_SET_MM_MAP.  The kernel takes its own structure of us, with a pointer in
 * it, so that one of 64 bits wants a wider one of a program of 32: it says
 * EINVAL to ours, by its size (i386) or by the auxv that seems to lack (arm).
 */
static int
set_map(const struct prctl_mm_map *map)
{
	struct {
		uint64_t addresses[11], auxv;
		uint32_t auxv_size, exe_fd;
	} wide = { .exe_fd = map->exe_fd };

	if (prctl(PR_SET_MM, PR_SET_MM_MAP, map, sizeof(*map), 0) == 0)
		return 0;
	if (errno != EINVAL || sizeof(void *) == sizeof(wide.auxv))
		return -1;
	memcpy(wide.addresses, map, sizeof(wide.addresses));
	return prctl(PR_SET_MM, PR_SET_MM_MAP, &wide, sizeof(wide), 0);
}

/*
 * What /proc/PID/exe leads to is EXE from now on: prctl(2), PR_SET_MM_MAP.  It
 * wants to be told where code and data are, too, for which any address will
 * do; before Linux 5.14 the data has to end before the heap.
 */
static int
change_exe(const struct image *im, int exe, char *const *argv)
{
	uintptr_t code = (uintptr_t)&__ehdr_start, heap = (uintptr_t)sbrk(0);
	struct prctl_mm_map map = {
		.start_code = code,
		.end_code = code + im->page,
		.start_data = heap - 1,
		.end_data = heap - 1,
		.start_brk = heap,
		.brk = heap,
		.start_stack = (uintptr_t)environ,
		.exe_fd = (unsigned int)exe,
	};

	/* Nowhere, or one of the last addresses, which is an error's number. */
	if (heap - 1 >= (uintptr_t)-4096) {
		errno = ENOMEM;
		return -1;
	}
	keep_words(&map, argv);
	return set_map(&map);
}

/*
 * May what has been written be executed?  Not where memory is hardened:
 * PR_SET_MDWE, systemd's MemoryDenyWriteExecute=, SELinux without execmem.
 */
static bool
may_gain_exec(size_t page)
{
	void *at;
	bool may;

	at = mmap(NULL, page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return false;
	may = mprotect(at, page, PROT_READ | PROT_EXEC) == 0;
	munmap(at, page);
	return may;
}

bool
exe_is_replaceable(void)
{
	unsigned int size;

	/* Of CONFIG_CHECKPOINT_RESTORE; nor does a filter refuse it. */
	return !ASAN_HERE &&
	    prctl(PR_SET_MM, PR_SET_MM_MAP_SIZE, &size, 0, 0) == 0 &&
	    may_gain_exec(image().page);
}

int
exe_replace(char *const *argv, int exe, int view)
{
	struct image im = image();

	/*
	 * Without the right to it that is said first, else EBUSY; who has a
	 * view could mount, and has that right.
	 */
	if (view == -1 && change_exe(&im, exe, argv) == -1 && errno == EPERM)
		return -1;
	return leave_file(&im, view) == 0 ? change_exe(&im, exe, argv) : -1;
}
