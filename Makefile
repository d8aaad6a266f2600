# SPDX-License-Identifier: GPL-2.0
#
# Makefile - for people; "make help" says what it does.  How the module is made
# is in Kbuild, and how the tool is in userspace/Makefile.

KVER	?= $(shell uname -r)
KDIR	?= /lib/modules/$(KVER)/build
PREFIX	?= /usr/local
VERSION	:= $(shell sed -n 's/^.define PAGESTAT_VERSION[[:space:]]*"\(.*\)"/\1/p' \
		module/uapi/pagestat.h)

SETUP	:= selftests/setup/setup.sh
DEFAULT	= $(shell bash -c '. selftests/setup/lib.sh && kernel_default')
KERNELS	= $(shell bash -c '. selftests/setup/lib.sh && kernel_names')
SOURCES	:= Kbuild $(sort $(wildcard module/*.[ch] module/*.awk module/*/*.[ch]))
# Each kernel's objects are in a folder of their own: a tree of links to the
# sources, as kbuild puts the objects where it finds the sources.
BUILD	:= build/$(KVER)$(PAGESTAT_HOLD:%=-hold)$(PAGESTAT_PRETEND:%=-pretend)
DKMS	:= pagestat/$(VERSION)
SRCDIR	:= $(DESTDIR)/usr/src/pagestat-$(VERSION)
# All versions: of several, DKMS takes the highest for the next kernel, which need not
# be this one.  What a package owns is the package's.
dkms-remove = for tree in /var/lib/dkms/pagestat/*/source; do \
		[ -e "$$tree" ] || continue; \
		version=$${tree%/source}; version=$${version\#\#*/}; \
		! dpkg -S "/usr/src/pagestat-$$version" >/dev/null 2>&1 || continue; \
		dkms remove "pagestat/$$version" --all || exit; \
		[ "$$version" = "$(VERSION)" ] || rm -rf "/usr/src/pagestat-$$version"; \
	done

# A kernel of another architecture bears its name.  For the kernel's own build,
# in-root.sh tells what that is.
ifeq ($(origin ARCH),command line)
ifneq ($(MAKECMDGOALS),check)
KERNEL	?= 6.1
endif
override KERNEL := $(KERNEL:%=%-$(ARCH))
CHECKED	:= $(ARCH)
MAKEOVERRIDES := $(filter-out ARCH=%,$(MAKEOVERRIDES))
unexport ARCH
endif

# For the scripts.  The command is passed on as it was given: a $ in it is meant
# for the shell in the VM.
export KERNEL TEST TOOL LOAD PARAMS TIMEOUT TIME MEM CPUS SWAP APPEND ACCEL QEMU LOGDIR
export TEST_TIMEOUT STORM_LOADS STORM_SECONDS THREADS ENDED BIRTHS
ifdef CMD
unexport CMD
export VM_CMD = $(value CMD)
endif

.PHONY: all module link-module tool install install-module install-tool \
	uninstall check check-bounds check-debug check-kernels check-storms check-mutants fuzz \
	deb check-deb check-dkms check-recipes check-headers report demo vm lab bench \
	bench-reading bench-programs bench-top lint clean help

all: tool
	@if [ -e "$(KDIR)/Makefile" ]; then \
		$(MAKE) --no-print-directory module; \
	else \
		echo "The module is not built: no headers of kernel $(KVER) ($(KDIR))."; \
		echo "make module KERNEL=6.1 builds it for a kernel of selftests/vm/kernels."; \
	fi

ifneq ($(KERNEL),)
module:
	@$(SETUP) module kernel=$(KERNEL)
	@selftests/setup/in-root.sh $(KERNEL) make --no-print-directory module KERNEL= \
		$$(selftests/setup/kbuild.sh $(KERNEL))
else
# Two builds for one kernel would work on the same files.
module:
	@mkdir -p build
	@flock $(BUILD).lock $(MAKE) --no-print-directory link-module
endif

link-module:
	@mkdir -p $(addprefix $(BUILD)/,$(sort $(dir $(SOURCES))))
	@find $(BUILD) -type l -delete
	@$(foreach file,$(SOURCES),ln -s $(CURDIR)/$(file) $(BUILD)/$(file);)
	$(MAKE) -C $(KDIR) M=$(CURDIR)/$(BUILD) modules

tool:
	$(MAKE) -C userspace all

install: install-module install-tool

install-module:
	@echo "installing the module's sources into $(SRCDIR)"
	@rm -rf "$(SRCDIR)"
	@$(foreach file,$(SOURCES) COPYING dkms.conf,\
		install -D -m 644 $(file) "$(SRCDIR)/$(file)" &&) :
ifeq ($(DESTDIR),)
	@$(SETUP) dkms
	@$(dkms-remove)
	dkms add $(DKMS)
	dkms install $(DKMS) -k $(KVER)
endif

install-tool: tool
	$(MAKE) -C userspace install

uninstall:
ifeq ($(DESTDIR),)
	@$(dkms-remove)
endif
	rm -rf "$(SRCDIR)"
	$(MAKE) -C userspace uninstall

check:
	@ARCH=$(CHECKED) selftests/run/check.sh

check-debug:
	@selftests/run/check.sh debug

check-kernels:
	@selftests/run/kernels.sh $(KERNEL)

check-storms:
	@TEST_TIMEOUT=$${TEST_TIMEOUT:-7200} TIMEOUT=$${TIMEOUT:-7800} TEST=test_storm.sh \
		ARCH=$(or $(CHECKED),x86_64) selftests/run/check.sh

check-mutants:
	@selftests/mutants/mutants.sh $(NAME)

fuzz:
	@selftests/fuzz/fuzz.sh $(TARGET)

deb:
	@selftests/package/deb.sh

check-deb:
	@$(SETUP) kernel=$(or $(KERNEL),newest)
	@selftests/package/deb-test.sh $(or $(KERNEL),newest)

report:
	@selftests/run/report.sh

check-recipes:
	@$(SETUP) tool module recipes kernel=$(or $(KERNEL),6.1)
	@selftests/package/recipes-test.sh $(or $(KERNEL),6.1)

check-dkms:
	@for kernel in $(or $(KERNEL),$(KERNELS)); do \
		$(SETUP) dkms kernel=$$kernel && \
		selftests/package/dkms.sh $$kernel upgrade || exit; \
	done

check-headers:
	@TOOL=no selftests/setup/build.sh 6.1
	@selftests/package/headers.sh

demo:
	@selftests/demo/demo.sh

# GNU make ends with 2 whatever the command's status was; it names that status in
# its last line.  selftests/vm/vm.sh ends with the status itself.
vm:
	@selftests/setup/build.sh $(or $(KERNEL),$(DEFAULT))
	@CMD="$$VM_CMD" selftests/vm/vm.sh

lab:
	@selftests/setup/build.sh $(or $(KERNEL),$(DEFAULT))
	@locale=$$(selftests/setup/locale.sh) && \
	 CMD="$$locale LANG='$${LANG:-C.UTF-8}' LC_ALL='$$LC_ALL' LANGUAGE='$$LANGUAGE' \
		selftests/demo/lab.sh $(ARGS) $(NAME)" selftests/vm/vm.sh

bench:
	@selftests/bench/bench.sh $(if $(WRITE),--write)

bench-reading bench-programs:
	@selftests/bench/bench.sh --$(@:bench-%=%)

check-bounds:
	@selftests/bench/bench.sh --bounds

bench-top: tool
	@selftests/bench/top.sh

lint:
	@selftests/lint/lint.sh

clean:
	rm -rf build
	$(MAKE) -C userspace clean

help:
	@echo 'make                  the module for the running kernel, and the tool'
	@echo 'make module           the module, for the kernel KVER (the running one),'
	@echo '                      or for the KERNEL of selftests/vm/kernels'
	@echo 'make tool             the tool'
	@echo 'make install          both, the module by DKMS (DESTDIR, PREFIX)'
	@echo 'make uninstall        what install did, undone'
	@echo 'make demo             see it work, in a VM'
	@echo 'make vm               a root shell in a VM with the module loaded and the tool'
	@echo '                      in PATH; CMD='\''...'\'' runs a command instead'
	@echo 'make lab NAME=cow     an experiment of pagestat lab, in a VM; its options in'
	@echo '                      ARGS; without NAME, what there is'
	@echo 'make check            all tests, in a VM of each kernel (KERNEL: of that one)'
	@echo 'make check-debug      the same on kernels that find faults: 6.1 with KASAN, lockdep,'
	@echo '                      kmemleak and failing allocations, built here, and PREEMPT_RT'
	@echo 'make check-kernels    whether it counts right on kernels that are built here: with other'
	@echo '                      options and by another compiler (KERNEL: on that one)'
	@echo 'make check-storms     heavy load: the module loaded and unloaded STORM_LOADS times,'
	@echo '                      and faults, forks and stress-ng for STORM_SECONDS each'
	@echo '                      (KERNEL: on that one)'
	@echo 'make check-bounds     how long births and deaths of threads wait at most, with THREADS'
	@echo '                      of them, and ENDED remembered (KERNEL: on that one)'
	@echo 'make check-mutants    the code, changed in one place: whether a test finds it, for each'
	@echo '                      such change of selftests/mutants/list (NAME: for that one)'
	@echo 'make fuzz             libFuzzer on what the tool reads, for TIME=600 s a TARGET'
	@echo 'make bench            the instructions it adds to a fault, and what others add, on'
	@echo '                      6.1 and 6.12 (KERNEL=all: all; WRITE=yes: into the documents)'
	@echo 'make bench-reading    what it costs to read the numbers of 10,000 processes'
	@echo 'make bench-programs   what real programs cost, with it and without'
	@echo 'make bench-top        what pagestat top takes of a CPU, with 5,000 processes'
	@echo 'make deb              Debian packages of the tool and, for DKMS, of the module;'
	@echo '                      check-deb installs, upgrades and purges them in a root;'
	@echo '                      check-dkms does so to the module, on all kernels'
	@echo 'make check-recipes    what makes packages for Fedora, EL, openSUSE, Arch and Nix, as far'
	@echo '                      as it can be tested here'
	@echo 'make check-headers    the module, built against kernel headers that are changed as'
	@echo '                      vendors change them'
	@echo 'make report           whether it counts right on this machine, as a block to send in'
	@echo 'make lint             shellcheck, sparse, checkpatch, -Werror'
	@echo 'make clean            remove what was built'
	@echo
	@echo 'vm, check and demo install what they need by apt-get, and keep their kernels in'
	@echo '$${PAGESTAT_CACHE:-~/.cache/pagestat}.  KERNEL is one of:' \
		$$(bash -c '. selftests/setup/lib.sh; kernel_names; kernel_names asked; kernel_names made')
	@echo 'With ARCH=arm64, they run and build for that: KERNEL is one of:' \
		$$(awk '$$3 == "arm64" { print $$1 }' selftests/vm/kernels)
	@echo 'More variables of vm, as TIMEOUT and ACCEL: see selftests/vm/vm.sh.'
