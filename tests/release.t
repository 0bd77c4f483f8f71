# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd git
  $ need file "$SRCDIR/packaging/release"

A release is one command. It begins only where it could end:

  $ mkdir -p tree/packaging; cp "$SRCDIR/packaging/release" tree/packaging
  $ cp "$SRCDIR/configure.ac" tree; cd tree
  $ release() { sh packaging/release 2>&1 | sed 's/[0-9][0-9.]*[0-9]/N/'; }
  $ release
  release: not a checkout: there is no .git
  $ export GIT_CONFIG_GLOBAL="$CRAMTMP/config"
  $ git config --global user.name me; git config --global user.email me@example.org
  $ git init -q; git add .; git commit -qm first
  $ version=$(sed -n 's/^AC_INIT(\[nskit\], \[\([0-9.]*\)\].*/\1/p' configure.ac)
  $ printf '%s\n---\n' "nskit $version" >NEWS; git add NEWS
  $ release
  release: there are changes that are not committed
  $ git commit -qm news; git tag "v$version"
  $ release
  release: vN is there already; the next version goes into configure.ac
  $ git tag -d "v$version" >/dev/null
  $ sed -i 1d NEWS; git commit -qam none
  $ release
  release: the first line of NEWS is not "nskit N"
  $ printf '%s\n---\n' "nskit $version" >NEWS; git commit -qam news

What goes wrong later changes nothing here (there is no bootstrap in this tree):

  $ before=$(git rev-parse HEAD)
  $ release | grep -c 'not found'
  1
  $ test "$(git rev-parse HEAD)" = "$before" && git tag && git status --short
