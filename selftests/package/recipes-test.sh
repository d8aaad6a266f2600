#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# recipes-test.sh - test the recipes of other distributions, as far as Debian has their
# programs: rpmbuild and rpmlint, makepkg, and Nix's evaluator
#
# usage: recipes-test.sh KERNEL
#
# What the distributions' own packages would do is stood in for: the macros that their
# kernels' packages define, and kmodtool; the module is built for KERNEL.  Whether the
# packages install there is not tested.

set -u
. "${BASH_SOURCE[0]%/*}/../setup/lib.sh"
. "$TOP/selftests/lib/tap.sh"

kernel_row "$1"
release=$(kernel_release "$1") || die "$EXIT_SETUP" "kernel $1 is not set up"
# rpmbuild runs here, so here is where the module is built.
# shellcheck disable=SC2154	# kernel_row sets it
[ "$(suite_root "$suite")" = / ] || die "$EXIT_SETUP" "kernel $1 is not of this machine's suite"
kdir=$(kernel_build "$1")

echo "TAP version 13"
echo "1..11"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"; end_results' EXIT
chmod 755 "$tmp"
recipes=$tmp/recipes
"$TOP/selftests/package/recipes.sh" "$recipes" >/dev/null
result $? "the archive and the recipes are written"
version=$(sed -n 's/^pkgver=//p' "$recipes/PKGBUILD")
[ -n "$version" ] && ! grep -rn '@[A-Z0-9]*@' "$recipes"/*.spec "$recipes/PKGBUILD"
result $? "with the version ($version), and nothing is left open"

# ---- RPM

# What the packages of systemd and of kernels define; rpmlint reads it, too.
cat >"$tmp/.rpmmacros" <<END
%_unitdir /usr/lib/systemd/system
%systemd_post() %{nil}
%systemd_preun() %{nil}
%systemd_postun() %{nil}
%flavors_to_build default
%kernel_source() $kdir
%kernel_module_package(n:) %{expand:
%package -n kmod-%{-n*}
Summary: A module
%description -n kmod-%{-n*}
A module.
%files -n kmod-%{-n*}
/lib/modules
}
END
mkdir "$tmp/bin"
cat >"$tmp/bin/kmodtool" <<END
#!/bin/sh
cat <<'PRINTED'
%global kernel_versions ${release}___$kdir
%global kmodinstdir_prefix /lib/modules
%global kmodinstdir_postfix extra/pagestat
%package -n kmod-pagestat-$release
Summary: A module
%description -n kmod-pagestat-$release
A module.
%files -n kmod-pagestat-$release
/lib/modules/$release/extra/pagestat
PRINTED
END
chmod 755 "$tmp/bin/kmodtool"

# rpm_builds SPEC [ARG...]: build it; what is not Debian's package cannot be required
rpm_builds()
{
	local spec=$1

	shift
	HOME=$tmp PATH=$tmp/bin:$PATH rpmbuild -ba --nodeps --define "_topdir $tmp/rpm" \
		--define "_sourcedir $recipes" "$@" "$recipes/$spec" >"$tmp/log" 2>&1 && return
	tail -n 30 "$tmp/log" | sed 's/^/# /'
	return 1
}

# rpm_has PACKAGE FILE...: it was built, of that version, and has these files
rpm_has()
{
	local file rpm

	rpm=$(echo "$tmp"/rpm/RPMS/*/"$1-$version"-*.rpm)
	shift
	[ -e "$rpm" ] || return
	for file; do
		rpm -qlp "$rpm" 2>/dev/null | grep -qx "$file" || { echo "# $rpm: no $file"; return 1; }
	done
}

rpm_builds pagestat.spec &&
	rpm_has pagestat /usr/sbin/pagestat '/usr/share/man/man8/pagestat.8.*' \
		/usr/lib/systemd/system/pagestat-metrics.timer
result $? "rpm: the tool"
rpm_has pagestat-lab /usr/sbin/pagestat-lab '/usr/share/man/man8/pagestat-lab.8.*' \
	/usr/share/locale/zh_CN/LC_MESSAGES/pagestat-lab.mo &&
	! rpm_has pagestat /usr/sbin/pagestat-lab >/dev/null
result $? "rpm: its experiments"
rpm_builds pagestat-kmod.spec --define "kernels $release" &&
	rpm_has "kmod-pagestat-$release" "/lib/modules/$release/extra/pagestat/pagestat.ko"
result $? "rpm: the module, by kmodtool's rules"
rpm_builds pagestat-kmp.spec &&
	rpm_has kmod-pagestat "/lib/modules/$release/extra/pagestat/pagestat.ko"
result $? "rpm: the module, by those of kernel-rpm-macros"
rpm_builds pagestat-kmp.spec --define "suse_version 1600" \
	--define "kernel_module_package_buildreqs kernel-syms" &&
	rpm_has kmod-pagestat "/lib/modules/$release/updates/pagestat.ko"
result $? "rpm: the module, as a KMP"
HOME=$tmp PATH=$tmp/bin:$PATH rpmlint -c "$TOP/selftests/package/rpm/rpmlint.toml" "$recipes"/*.spec "$tmp"/rpm/RPMS/*/*.rpm >"$tmp/lint" 2>&1
result $? "rpmlint finds no error"
grep ': [EW]: ' "$tmp/lint" | sed 's/^/# /'

# ---- Arch

# makepkg does not run as root, and asks pacman for nothing here.
mkdir "$tmp/arch"
cp "$recipes"/PKGBUILD "$recipes"/*.tar.gz "$tmp/arch/"
as_user=(env HOME="$tmp/arch" CCACHE_DISABLE=yes)
if [ "$(id -u)" -eq 0 ]; then
	chown -R nobody: "$tmp/arch"
	as_user=(setpriv --reuid nobody --regid nogroup --clear-groups "${as_user[@]}")
fi
(cd "$tmp/arch" && PACMAN=true PKGEXT=.pkg.tar "${as_user[@]}" makepkg --nodeps --noconfirm) \
	>"$tmp/log" 2>&1
status=$?
[ $status -eq 0 ] || tail -n 20 "$tmp/log" | sed 's/^/# /'
result $status "Arch: makepkg builds"
# arch_has PACKAGE FILE
arch_has()
{
	bsdtar -tf "$tmp/arch/$1-$version"-1-*.pkg.tar | grep -qx "$2" || { echo "# $1: no $2"; return 1; }
}
arch_has pagestat usr/bin/pagestat && arch_has pagestat-lab usr/bin/pagestat-lab &&
	arch_has pagestat-dkms "usr/src/pagestat-$version/dkms.conf" &&
	arch_has pagestat-dkms "usr/src/pagestat-$version/Kbuild"
result $? "Arch: tool, experiments, and sources for DKMS"

# ---- Nix

# Without nixpkgs: functions that give back what they are called with.
nix=$(NIX_STATE_DIR=$tmp/nix NIX_LOG_DIR=$tmp/nix nix-instantiate --store dummy:// --eval --strict --json -E '
	let
	  pkgs = rec {
	    lib = { cleanSource = path: "source"; licenses.gpl2Only = "GPL-2.0-only"; };
	    stdenv.mkDerivation = given: given;
	    kernel = { version = "6.1"; modDirVersion = "6.1.0"; dev = "/dev-of-kernel"; moduleBuildDependencies = [ ]; };
	    gettext = "gettext"; ncurses = "ncurses"; pkg-config = "pkg-config";
	    util-linux = "util-linux"; zlib = "zlib";
	    callPackage = file: given: let f = import file; in f (builtins.intersectAttrs (builtins.functionArgs f) (pkgs // given));
	  };
	  ours = import '"$TOP"'/selftests/package/nix { inherit pkgs; linuxPackages = pkgs; };
	in [ ours.pagestat.version ours.module.version ]' 2>"$tmp/log")
[ "$nix" = "[\"$version\",\"$version-6.1\"]" ]
result $? "Nix: the recipes can be evaluated, and have the version ($nix)"
[ "$nix" != "" ] || sed 's/^/# /' "$tmp/log"
