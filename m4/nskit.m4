dnl SPDX-License-Identifier: ISC

dnl NSKIT_FLAGS(VARIABLE, FLAGS)
dnl Append to VARIABLE each of FLAGS that a program can be compiled, linked
dnl and (where we do not cross-compile) run with. -Werror in the probe because
dnl clang only warns about what it does not know.
AC_DEFUN([NSKIT_FLAGS], [
	for nskit_flag in m4_normalize([$2]); do
		AC_MSG_CHECKING([whether $CC takes $nskit_flag])
		nskit_cflags=$CFLAGS
		CFLAGS="$CFLAGS $LINK_LDFLAGS -Werror $nskit_flag"
		AC_RUN_IFELSE([NSKIT_PROBE], [nskit_ok=yes], [nskit_ok=no],
		    [AC_LINK_IFELSE([NSKIT_PROBE], [nskit_ok=yes],
			[nskit_ok=no])])
		CFLAGS=$nskit_cflags
		AC_MSG_RESULT([$nskit_ok])
		AS_IF([test $nskit_ok = yes], [$1="$$1 $nskit_flag"])
	done
	AC_SUBST([$1])
])

AC_DEFUN([NSKIT_PROBE], [AC_LANG_PROGRAM([[#include <string.h>]],
    [[char s[8]; memset(s, 0, sizeof(s)); return s[0] != '\0'; ]])])

dnl NSKIT_HARDENING
AC_DEFUN([NSKIT_HARDENING], [
	NSKIT_FLAGS([HARDEN_CFLAGS], [-fstack-protector-strong
	    -fstack-clash-protection -fcf-protection=full
	    -ftrivial-auto-var-init=zero])
	NSKIT_FLAGS([HARDEN_CFLAGS], [-fPIE])
	NSKIT_FLAGS([SHARED_LDFLAGS], [-pie])
	NSKIT_FLAGS([LINK_LDFLAGS], [-Wl,-z,relro -Wl,-z,now
	    -Wl,-z,noexecstack -Wl,-z,separate-code])
	dnl Our code is made for both, but not each C library's start-up code,
	dnl so the linker has to be told.  Static, that library is a part of
	dnl the program, and its indirect jumps are not (see NSKIT_STATIC).
	case $HARDEN_CFLAGS in
	*-fcf-protection*)
		NSKIT_FLAGS([LINK_LDFLAGS], [-Wl,-z,shstk])
		NSKIT_FLAGS([SHARED_LDFLAGS], [-Wl,-z,ibt])
		;;
	esac
	dnl The highest level that the C library knows; none without -O. Some
	dnl compilers and packagers define a lower one: take that back first,
	dnl among the flags that come after CPPFLAGS, where they have theirs.
	nskit_fortify=
	nskit_cppflags=$CPPFLAGS
	for nskit_level in 3 2; do
		AS_IF([test "x$nskit_fortify" = x], [
			AC_MSG_CHECKING([for _FORTIFY_SOURCE=$nskit_level])
			nskit_flag="-U_FORTIFY_SOURCE"
			nskit_flag="$nskit_flag -D_FORTIFY_SOURCE=$nskit_level"
			nskit_cflags=$CFLAGS
			CFLAGS="$CFLAGS -Werror"
			CPPFLAGS="$nskit_cppflags $nskit_flag"
			AC_COMPILE_IFELSE([NSKIT_PROBE],
			    [nskit_ok=yes nskit_fortify=$nskit_flag],
			    [nskit_ok=no])
			CFLAGS=$nskit_cflags
			CPPFLAGS=$nskit_cppflags
			AC_MSG_RESULT([$nskit_ok])
		])
	done
	HARDEN_CFLAGS="$HARDEN_CFLAGS $nskit_fortify"
])

dnl NSKIT_ROOM
dnl Before config.log, which would be the first file: is the path one for make,
dnl may we write here, and is there room?
AC_DEFUN([NSKIT_ROOM], [m4_divert_text([PARSE_ARGS], [
if test -z "$ac_init_help" && test "$ac_init_version" = false; then
	case $PWD$srcdir in
	*[[[:space:]:\\\"\#\$\&\'\`\;\(\)\|\<\>]]*)
		as_fn_error 1 "a path with a space or a sign of the shell's is not one for make; move the tree elsewhere: $srcdir, $PWD"
		;;
	esac
	test -w . ||
	    as_fn_error 1 "$PWD cannot be written: configure in another directory, which may be empty, by its path: $[0]"
	dd if=/dev/zero of=conftest.room bs=65536 count=64 2>/dev/null ||
	    as_fn_error 1 "there is no room in $PWD: a build takes 30 MB"
	rm -f conftest.room
fi
])])

dnl NSKIT_PROGRAMS
dnl What is missing before anything can be tried, or keeps a compiler from
dnl making programs, in a line with its cure: what Autoconf says to that is
dnl three lines that end in "see config.log".
AC_DEFUN([NSKIT_PROGRAMS], [
	nskit_prefix=${host_alias:+$host_alias-}
	nskit_cc=$CC
	for nskit_name in ${nskit_prefix}gcc gcc cc clang; do
		AS_IF([test -z "$nskit_cc" &&
		    command -v $nskit_name >/dev/null 2>&1],
		    [nskit_cc=$nskit_name])
	done
	AS_IF([test -z "$nskit_cc"],
	    [AC_MSG_ERROR([a C compiler is missing: install gcc (or clang)])])
	AS_IF([command -v ${nskit_cc%%\ *} >/dev/null 2>&1], [],
	    [AC_MSG_ERROR([CC=$nskit_cc: there is no such command: install it, or leave out CC])])
	AS_IF([command -v ${MAKE-make} >/dev/null 2>&1], [],
	    [AC_MSG_ERROR([make is missing: install make, or say MAKE=gmake])])
	AC_CHECK_TOOL([AR], [ar])
	AS_IF([test -z "$AR"],
	    [AC_MSG_ERROR([ar is missing: install binutils])])
	AC_MSG_CHECKING([whether $nskit_cc makes programs])
	echo '#include <stdlib.h>
int main(void) { return EXIT_SUCCESS; }' >conftest.c
	nskit_why=`LC_ALL=C $nskit_cc $CPPFLAGS $CFLAGS $LDFLAGS conftest.c \
	    -o conftest 2>&1` && nskit_why=
	AC_MSG_RESULT([${nskit_why:-yes}])
	case $nskit_why in
	'')
		;;
	*'No space left'* | *'uota exceeded'*)
		AC_MSG_ERROR([there is no room for what $nskit_cc writes: make some in $PWD and ${TMPDIR:-/tmp}])
		;;
	*stdlib.h* | *crt1.o* | *'cannot find -lc'*)
		AC_MSG_ERROR([the C library is missing, as $nskit_cc needs it: dnl
install libc6-dev (glibc-devel, musl-dev)])
		;;
	*execute*as\'* | *find*ld\'* | *\"ld\"*)
		AC_MSG_ERROR([the assembler or linker is missing: install binutils])
		;;
	*)
		nskit_why=`echo "$nskit_why" | sed q`
		AC_MSG_ERROR([$nskit_cc makes no program ($nskit_why): dnl
is it the right compiler, are CPPFLAGS, CFLAGS and LDFLAGS right?])
		;;
	esac
	AS_IF([test -z "$host_alias" && ! (./conftest) 2>/dev/null],
	    [AC_MSG_ERROR([programs that $nskit_cc makes do not run in $PWD: dnl
configure where they may (no noexec mount), or say --host=TRIPLET])])
	rm -f conftest conftest.c
])

dnl NSKIT_NEEDS(VARIABLE, FLAGS, LIBS)
dnl Sets VARIABLE to -DNEED_FUNCTION for each function that a C library with
dnl FLAGS and LIBS lacks; compat/ has it then.  Each is asked for by itself,
dnl with its declaration: which of them a C library has, its name does not say.
AC_DEFUN([NSKIT_NEEDS], [
	$1=
	NSKIT_NEED([$1], [GETPROGNAME], [$2], [$3],
	    [setprogname("x"); return *getprogname() != 'x';])
	NSKIT_NEED([$1], [STRLCPY], [$2], [$3],
	    [char s[[2]]; strlcpy(s, "", 2); return strlcat(s, "x", 2) != 1;])
	NSKIT_NEED([$1], [STRTONUM], [$2], [$3],
	    [const char *why; return (int)strtonum("0", 0, 9, &why);])
	dnl Messages have one set of words, glibc's: scripts know them.
	NSKIT_NEED([$1], [STRERROR], [$2], [$3], [return 2 / __GLIBC__ > 1;])
])

dnl NSKIT_NEED(VARIABLE, FUNCTION, FLAGS, LIBS, BODY)
AC_DEFUN([NSKIT_NEED], [
	nskit_cflags=$CFLAGS
	nskit_saved=$LIBS
	CFLAGS="$CFLAGS -Werror=implicit-function-declaration $3"
	LIBS="$4 $LIBS"
	AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <stdlib.h>
#include <string.h>
]], [$5])], [], [$1="$$1 -DNEED_$2"])
	CFLAGS=$nskit_cflags
	LIBS=$nskit_saved
])

dnl NSKIT_LIBBSD
dnl strtonum(3) and its kin: from the C library, else from libbsd.a (a shared
dnl library more costs each start about 130 us, the archive 7), else from the
dnl shared libbsd; what is missing then, from compat/.  Sets BSD_CFLAGS,
dnl BSD_LIBS and nskit_libbsd.
AC_DEFUN([NSKIT_LIBBSD], [
	nskit_libbsd=none
	AS_IF([test "x$enable_static" = xno && test "x$with_shared_libbsd" = x],
	    [with_shared_libbsd=yes])
	AC_MSG_CHECKING([whether the C library has what libbsd has])
	NSKIT_LINK([], [], [nskit_libbsd=libc])
	AC_MSG_RESULT([$nskit_libbsd])
	AS_IF([test $nskit_libbsd = none], [
		PKG_CHECK_MODULES([BSD], [libbsd-overlay], [], [:])
		nskit_shared=$BSD_LIBS
	])
	AS_IF([test $nskit_libbsd = none && test "x$with_shared_libbsd" != xyes], [
		AC_MSG_CHECKING([for libbsd.a])
		for nskit_libs in "-l:libbsd.a -l:libmd.a" "-l:libbsd.a"; do
			AS_IF([test $nskit_libbsd = none], [
				NSKIT_LINK([$BSD_CFLAGS], [$nskit_libs],
				    [nskit_libbsd=archive BSD_LIBS=$nskit_libs])
			])
		done
		AC_MSG_RESULT([$nskit_libbsd])
	])
	AS_IF([test $nskit_libbsd = none], [
		BSD_LIBS=$nskit_shared
		AC_MSG_CHECKING([for shared libbsd])
		NSKIT_LINK([$BSD_CFLAGS], [$BSD_LIBS], [nskit_libbsd=shared])
		AC_MSG_RESULT([$nskit_libbsd])
	])
	AS_IF([test $nskit_libbsd = none],
	    [nskit_libbsd=compat BSD_CFLAGS= BSD_LIBS=])
	AC_MSG_CHECKING([what compat/ adds to that])
	NSKIT_NEEDS([nskit_needs], [$BSD_CFLAGS], [$BSD_LIBS])
	AC_MSG_RESULT([${nskit_needs:-nothing}])
	AS_IF([test -n "$nskit_needs"], [
		BSD_CFLAGS="-I$srcdir/compat$nskit_needs $BSD_CFLAGS"
		NSKIT_LINK([$BSD_CFLAGS], [$BSD_LIBS], [],
		    [AC_MSG_ERROR([the compiler makes no program of ours, see config.log])])
	])
])

dnl NSKIT_STATIC
dnl Whether the tools are static, and with which C library.  Where nothing was
dnl said: with musl, if it is there beside the system's C library, else with
dnl that, if it costs none of the hardening; else shared.  The loader and a C
dnl library as a file of its own take a tenth of the time of a whole run that
dnl does nothing; glibc's start-up asks the CPUID instruction some forty times,
dnl which in a virtual machine is up to a quarter of it, and musl's never.
dnl Sets TOOL_CPPFLAGS, TOOL_CFLAGS, TOOL_LDFLAGS and TOOL_LIBS.
AC_DEFUN([NSKIT_STATIC], [
	nskit_static=no
	nskit_musl=no
	nskit_try=-static-pie
	case $SHARED_LDFLAGS:$enable_static in
	*-pie*:yes) nskit_try="-static-pie -static" ;;
	*-pie*) ;;
	*:yes) nskit_try=-static ;;
	*) enable_static=no ;;
	esac
	AS_IF([test "x$with_shared_libbsd" = xyes && test "x$enable_static" = x],
	    [enable_static=no])
	AS_IF([test "x$enable_static" != xno], [
		for nskit_flag in $nskit_try; do
			AS_IF([test $nskit_static = no], [
				AC_MSG_CHECKING([whether $nskit_flag works])
				NSKIT_LINK([$BSD_CFLAGS $nskit_flag -DNSKIT_STATIC],
				    [$BSD_LIBS], [nskit_static=$nskit_flag])
				AC_MSG_RESULT([$nskit_static])
			])
		done
		AS_IF([test "x$with_musl" != xno &&
		    test "$enable_static:$with_musl" != yes:], [NSKIT_MUSL])
	])
	AS_IF([test "$with_musl$nskit_musl" = yesno],
	    [AC_MSG_ERROR([--with-musl: that does not work, see config.log])])
	AS_IF([test "$enable_static$nskit_static$nskit_musl" = yesnono],
	    [AC_MSG_ERROR([--enable-static: that does not work, see config.log])])
	AS_IF([test $nskit_musl = yes], [
		AC_MSG_CHECKING([what compat/ adds to musl])
		NSKIT_NEEDS([nskit_needs], [$nskit_musl_cflags -static-pie])
		AC_MSG_RESULT([${nskit_needs:-nothing}])
		TOOL_CPPFLAGS="-I$srcdir/compat$nskit_needs"
		TOOL_CFLAGS=$nskit_musl_cflags
		TOOL_LDFLAGS=-static-pie
		TOOL_LIBS=
		dnl musl has no _FORTIFY_SOURCE; the compiler has a little.
		NSKIT_FLAGS([TOOL_CFLAGS], [-fsanitize-undefined-trap-on-error])
		case $TOOL_CFLAGS in
		*-trap-on-error)
			NSKIT_FLAGS([TOOL_CFLAGS], [-fsanitize=bounds
			    -fsanitize=object-size])
			;;
		esac
		dnl What a tool has in memory it may have to copy (lib/exe):
		dnl tables that nothing in it reads, functions nothing calls.
		NSKIT_FLAGS([TOOL_CFLAGS], [-fno-asynchronous-unwind-tables
		    -ffunction-sections -fdata-sections])
		NSKIT_FLAGS([TOOL_LDFLAGS], [-Wl,--gc-sections])
	], [
		TOOL_CPPFLAGS=$BSD_CFLAGS
		TOOL_CFLAGS=
		TOOL_LDFLAGS=$SHARED_LDFLAGS
		test $nskit_static = no || TOOL_LDFLAGS=$nskit_static
		TOOL_LIBS=$BSD_LIBS
	])
	AC_SUBST([TOOL_CPPFLAGS])
	AC_SUBST([TOOL_CFLAGS])
	AC_SUBST([TOOL_LDFLAGS])
	AC_SUBST([TOOL_LIBS])
])

dnl NSKIT_CC
dnl Before AC_PROG_CC: CC=musl-gcc is the system's gcc with other directories.
dnl nsls, with its library, can be for the system's C library only, so we take
dnl the directories and do the same.
AC_DEFUN([NSKIT_CC], [
	nskit_wrapper=`command -v $CC 2>/dev/null`
	AS_IF([test -n "$CC" && test -f "$nskit_wrapper" &&
	    grep 'musl-gcc\.specs' "$nskit_wrapper" >/dev/null], [
		MUSL_GCC=$nskit_wrapper
		CC=${REALGCC-gcc}
		with_musl=yes
	])
])

dnl NSKIT_MUSL
dnl Whether a static-pie can be made with the musl that musl-gcc wraps.  Its
dnl specs know static but not static-pie, and its headers have the kernel's not
dnl beside them: ./musl gets both.  Sets nskit_musl, nskit_musl_cflags.
AC_DEFUN([NSKIT_MUSL], [
	AC_PATH_PROG([MUSL_GCC], [musl-gcc])
	AC_MSG_CHECKING([whether -static-pie works with musl])
	nskit_specs=`sed -n 's/.*-specs[[= ]]*"*\([[^ "]]*\).*/\1/p' \
	    "${MUSL_GCC:-/dev/null}"`
	AS_IF([test -n "$nskit_specs" && test -r "$nskit_specs"], [
		rm -rf musl
		mkdir -p musl/include
		sed -e 's|\(/[[^ ]]*/\)Scrt1\.o|%{static-pie:\1rcrt1.o;:&}|' \
		    -e 's|^-dynamic-linker [[^ ]]*|%{static-pie:-static -pie --no-dynamic-linker -z text;:&}|' \
		    "$nskit_specs" >musl/specs
		for nskit_dir in asm asm-generic linux; do
			nskit_header=`echo "#include <$nskit_dir/ioctl.h>" |
			    $CC -M -x c - 2>/dev/null |
			    tr ' ' '\n' | grep "/$nskit_dir/ioctl\.h\$"`
			test -z "$nskit_header" ||
			    ln -s "${nskit_header%/*}" musl/include/$nskit_dir
		done
		nskit_pwd=`pwd`
		nskit_musl_cflags="-specs=$nskit_pwd/musl/specs -isystem $nskit_pwd/musl/include"
		NSKIT_LINK([$nskit_musl_cflags -static-pie -DNSKIT_STATIC -DNSKIT_MUSL -DNEED_GETPROGNAME -DNEED_STRTONUM],
		    [], [nskit_musl=yes])
	])
	AC_MSG_RESULT([$nskit_musl])
])

dnl NSKIT_SMARTCOLS
dnl libsmartcols, from its archive where nsls can be as static as the others.
dnl Sets SMARTCOLS_CFLAGS, SMARTCOLS_LIBS and NSLS_LDFLAGS.
AC_DEFUN([NSKIT_SMARTCOLS], [
	PKG_CHECK_MODULES([SMARTCOLS], [smartcols >= 2.38], [],
	    [AC_MSG_ERROR([libsmartcols 2.38 is missing, which nsls needs: dnl
install libsmartcols-dev (libsmartcols-devel, util-linux-dev), or --disable-nsls])])
	NSLS_LDFLAGS=$SHARED_LDFLAGS
	nskit_smartcols=shared
	AS_IF([test $nskit_static != no], [
		nskit_libs=`$PKG_CONFIG --static --libs smartcols`
		AC_MSG_CHECKING([for a static libsmartcols])
		NSKIT_LINK([$BSD_CFLAGS $nskit_static], [$nskit_libs $BSD_LIBS],
		    [nskit_smartcols=archive SMARTCOLS_LIBS=$nskit_libs
		    NSLS_LDFLAGS=$nskit_static])
		AC_MSG_RESULT([$nskit_smartcols])
		AS_IF([test "$nskit_smartcols$enable_static" = sharedyes],
		    [AC_MSG_WARN([there is no libsmartcols.a: nsls alone is not static])])
	])
	dnl Filters (-Q) came with 2.40.
	nskit_saved=$LIBS
	LIBS="$SMARTCOLS_LIBS $BSD_LIBS $LIBS"
	AC_CHECK_FUNCS([scols_new_filter])
	LIBS=$nskit_saved
	AC_SUBST([NSLS_LDFLAGS])
])

dnl NSKIT_LINK(FLAGS, LIBS, IF-LINKED, [IF-NOT])
dnl A program that uses what we have from libbsd, but for what FLAGS say that
dnl compat/ has, is linked, and, where we do not cross-compile, run.  clang
dnl ignores -specs and would link its own C library for -DNSKIT_MUSL.
AC_DEFUN([NSKIT_LINK], [
	nskit_cflags=$CFLAGS
	nskit_saved=$LIBS
	CFLAGS="$CFLAGS $HARDEN_CFLAGS $LINK_LDFLAGS $1"
	LIBS="$2 $LIBS"
	nskit_linked=no
	AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <sys/auxv.h>
#if defined(NSKIT_MUSL) && defined(__GLIBC__)
#error "not musl"
#endif
#include <linux/nsfs.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>
#ifdef NEED_GETPROGNAME
#define setprogname(name) ((void)0)
#endif
#ifdef NEED_STRLCPY
#define strlcpy(to, from, size) strlen(strcpy(to, from))
#endif
#ifdef NEED_STRTONUM
#define strtonum(text, min, max, errstr) (*(errstr) = NULL, atoi(text))
#endif
#ifdef NEED_STRERROR
#define compat_strerror(errnum) "error"
#endif
]], [[
	const char *errstr;
	char buf[8];

	setprogname("probe");
	if (strlcpy(buf, "7", sizeof(buf)) >= sizeof(buf))
		errx(1, "strlcpy");
#ifdef NSKIT_STATIC
	/* Where a loader was, if there is one. */
	if (getauxval(AT_BASE) != 0)
		return 1;
#endif
	return strtonum(buf, 0, 9, &errstr) != 7;
]])], [AS_IF([test "x$cross_compiling" = xyes || ./conftest$EXEEXT],
    [nskit_linked=yes])])
	CFLAGS=$nskit_cflags
	LIBS=$nskit_saved
	AS_IF([test $nskit_linked = yes], [$3], [$4])
])

dnl NSKIT_HELPER(PROGRAM, MACRO)
dnl The absolute path of PROGRAM; where it is not installed, where it would be.
AC_DEFUN([NSKIT_HELPER], [
	AC_PATH_PROG([$2], [$1], [/usr/bin/$1],
	    [/usr/bin$PATH_SEPARATOR/bin$PATH_SEPARATOR/usr/sbin$PATH_SEPARATOR$PATH])
	AC_DEFINE_UNQUOTED([$2], ["$$2"], [Where $1 is.])
])
