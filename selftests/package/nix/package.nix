# SPDX-License-Identifier: GPL-2.0
#
# package.nix - the tool and its experiments
{ lib, stdenv, gettext, ncurses, pkg-config, util-linux, zlib, pagestatSource }:

stdenv.mkDerivation {
  pname = "pagestat";
  inherit (pagestatSource) version src;

  nativeBuildInputs = [ gettext pkg-config ];
  buildInputs = [ ncurses util-linux zlib ];

  makeFlags = [ "-C" "userspace" "PREFIX=${placeholder "out"}" ];
  buildFlags = [ "all" ];
  installTargets = [ "install" ];

  meta = {
    description = "What page faults cost, per process";
    license = lib.licenses.gpl2Only;
    mainProgram = "pagestat";
    platforms = [ "x86_64-linux" "aarch64-linux" ];
  };
}
