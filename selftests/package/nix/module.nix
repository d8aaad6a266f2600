# SPDX-License-Identifier: GPL-2.0
#
# module.nix - the kernel module, for one kernel: in boot.extraModulePackages of NixOS
{ lib, stdenv, kernel, pagestatSource }:

stdenv.mkDerivation {
  pname = "pagestat-module";
  version = "${pagestatSource.version}-${kernel.version}";
  inherit (pagestatSource) src;

  # Kernel code is not position-independent.
  hardeningDisable = [ "pic" ];
  nativeBuildInputs = kernel.moduleBuildDependencies;

  makeFlags = [
    "KERNEL="
    "KVER=${kernel.modDirVersion}"
    "KDIR=${kernel.dev}/lib/modules/${kernel.modDirVersion}/build"
  ];
  buildFlags = [ "module" ];

  installPhase = ''
    install -D -m 644 build/${kernel.modDirVersion}/pagestat.ko \
      $out/lib/modules/${kernel.modDirVersion}/extra/pagestat.ko
  '';

  meta = {
    description = "What page faults cost, per process: kernel module";
    license = lib.licenses.gpl2Only;
    platforms = [ "x86_64-linux" "aarch64-linux" ];
  };
}
