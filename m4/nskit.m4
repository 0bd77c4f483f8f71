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

dnl NSKIT_STATIC
dnl A static executable at a random address where that works, else at a fixed
dnl one.
AC_DEFUN([NSKIT_STATIC], [
	NSKIT_FLAGS([LINK_LDFLAGS], [-static-pie])
	case $LINK_LDFLAGS in
	*-static-pie*)
		NSKIT_FLAGS([HARDEN_CFLAGS], [-fPIE])
		;;
	*)
		NSKIT_FLAGS([LINK_LDFLAGS], [-static])
		case $LINK_LDFLAGS in
		*-static*) ;;
		*) AC_MSG_ERROR([--enable-static: $CC cannot link with -static]) ;;
		esac
		;;
	esac
])

dnl NSKIT_HARDENING
AC_DEFUN([NSKIT_HARDENING], [
	NSKIT_FLAGS([HARDEN_CFLAGS], [-fstack-protector-strong
	    -fstack-clash-protection -fcf-protection=full
	    -ftrivial-auto-var-init=zero])
	AS_IF([test "x$enable_static" != xyes], [
		NSKIT_FLAGS([HARDEN_CFLAGS], [-fPIE])
		NSKIT_FLAGS([LINK_LDFLAGS], [-pie])
	])
	NSKIT_FLAGS([LINK_LDFLAGS], [-Wl,-z,relro -Wl,-z,now
	    -Wl,-z,noexecstack -Wl,-z,separate-code])
	case $HARDEN_CFLAGS in
	*-fcf-protection*)
		NSKIT_FLAGS([LINK_LDFLAGS], [-Wl,-z,ibt -Wl,-z,shstk])
		;;
	esac
	dnl The highest level that the C library knows; none without -O. Some
	dnl compilers define a level of their own: take that back first.
	nskit_cppflags=$HARDEN_CPPFLAGS
	for nskit_level in 3 2; do
		AS_IF([test "x$HARDEN_CPPFLAGS" = "x$nskit_cppflags"], [
			AC_MSG_CHECKING([for _FORTIFY_SOURCE=$nskit_level])
			nskit_flag="-U_FORTIFY_SOURCE"
			nskit_flag="$nskit_flag -D_FORTIFY_SOURCE=$nskit_level"
			nskit_cflags=$CFLAGS
			CFLAGS="$CFLAGS -Werror $nskit_flag"
			AC_COMPILE_IFELSE([NSKIT_PROBE], [nskit_ok=yes],
			    [nskit_ok=no])
			CFLAGS=$nskit_cflags
			AC_MSG_RESULT([$nskit_ok])
			AS_IF([test $nskit_ok = yes],
			    [HARDEN_CPPFLAGS="$HARDEN_CPPFLAGS $nskit_flag"])
		])
	done
	AC_SUBST([HARDEN_CPPFLAGS])
])

dnl NSKIT_LIBBSD
dnl strtonum(3) and its kin: from the C library, else from libbsd.a (a shared
dnl library more costs each start about 130 us, the archive 7), else from the
dnl shared libbsd. Sets BSD_CFLAGS and BSD_LIBS.
AC_DEFUN([NSKIT_LIBBSD], [
	nskit_libbsd=none
	AC_MSG_CHECKING([whether the C library has what libbsd has])
	NSKIT_LIBBSD_TRY([], [], [nskit_libbsd=libc])
	AC_MSG_RESULT([$nskit_libbsd])
	AS_IF([test $nskit_libbsd = none], [
		PKG_CHECK_MODULES([BSD], [libbsd-overlay])
		nskit_shared=$BSD_LIBS
	])
	AS_IF([test $nskit_libbsd = none && test "x$with_shared_libbsd" != xyes], [
		AC_MSG_CHECKING([for libbsd.a])
		for nskit_libs in "-lbsd -lmd" "-lbsd"; do
			BSD_LIBS="-Wl,-Bstatic $nskit_libs -Wl,-Bdynamic"
			test "x$enable_static" = xyes && BSD_LIBS=$nskit_libs
			AS_IF([test $nskit_libbsd = none], [
				NSKIT_LIBBSD_TRY([$BSD_CFLAGS], [$BSD_LIBS],
				    [nskit_libbsd=archive
				    nskit_archive=$BSD_LIBS])
			])
		done
		AC_MSG_RESULT([$nskit_libbsd])
		BSD_LIBS=$nskit_archive
	])
	AS_IF([test $nskit_libbsd = none], [
		BSD_LIBS=$nskit_shared
		AC_MSG_CHECKING([for shared libbsd])
		NSKIT_LIBBSD_TRY([$BSD_CFLAGS], [$BSD_LIBS],
		    [nskit_libbsd=shared])
		AC_MSG_RESULT([$nskit_libbsd])
		AS_IF([test $nskit_libbsd = none],
		    [AC_MSG_ERROR([libbsd cannot be linked, see config.log])])
	])
])

dnl NSKIT_LIBBSD_TRY(CFLAGS, LIBS, IF-LINKED)
AC_DEFUN([NSKIT_LIBBSD_TRY], [
	nskit_cflags=$CFLAGS
	nskit_saved=$LIBS
	CFLAGS="$CFLAGS $LINK_LDFLAGS $1"
	LIBS="$2 $LIBS"
	AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <sys/queue.h>
#include <sys/tree.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
]], [[
	const char *errstr;
	char buf[8];

	setproctitle("%s", "probe");
	if (strlcpy(buf, "7", sizeof(buf)) >= sizeof(buf))
		errx(1, "strlcpy");
	return (int)strtonum(buf, 0, 9, &errstr);
]])], [$3])
	CFLAGS=$nskit_cflags
	LIBS=$nskit_saved
])

dnl NSKIT_HELPER(PROGRAM, MACRO)
dnl The absolute path of PROGRAM; where it is not installed, where it would be.
AC_DEFUN([NSKIT_HELPER], [
	AC_PATH_PROG([$2], [$1], [/usr/bin/$1],
	    [/usr/bin$PATH_SEPARATOR/bin$PATH_SEPARATOR/usr/sbin$PATH_SEPARATOR$PATH])
	AC_DEFINE_UNQUOTED([$2], ["$$2"], [Where $1 is.])
])
