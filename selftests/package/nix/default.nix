# SPDX-License-Identifier: GPL-2.0
#
# default.nix - the recipes for Nix: nix-build selftests/package/nix -A pagestat, or
# -A module for the kernel of linuxPackages; on NixOS:
#
#   boot.extraModulePackages = [ (import .../selftests/package/nix {
#     inherit pkgs;
#     linuxPackages = config.boot.kernelPackages;
#   }).module ];
{ pkgs ? import <nixpkgs> { }, linuxPackages ? pkgs.linuxPackages }:

let
  source = ../../..;
  header = builtins.readFile (source + "/module/uapi/pagestat.h");
  pagestatSource = {
    # The header's: in one place.
    version = builtins.head
      (builtins.match ".*#define PAGESTAT_VERSION[[:space:]]+\"([0-9.]+)\".*" header);
    src = pkgs.lib.cleanSource source;
  };
in {
  pagestat = pkgs.callPackage ./package.nix { inherit pagestatSource; };
  module = linuxPackages.callPackage ./module.nix { inherit pagestatSource; };
}
