# SPDX-License-Identifier: GPL-2.0
#
# rules.mk - translations of pagestat-lab, for the Makefile above; they need GNU gettext
#
#   make                    makes the catalogues; without msgfmt there are none, and
#                           it speaks English
#   make translations       after a text in the code changed: what is new in the
#                           .po files is then to be translated
#   LOCALEDIR=              where make install puts catalogues, and what is installed
#                           looks for them

LOCALEDIR	?= $(PREFIX)/share/locale
MSGFMT		?= msgfmt
MSGMERGE	?= msgmerge
XGETTEXT	?= xgettext

languages	:= $(patsubst po/%.po,%,$(wildcard po/*.po))
have_msgfmt	:= $(shell command -v $(MSGFMT))
catalogues	:= $(if $(have_msgfmt),$(languages:%=build/locale/%/LC_MESSAGES/pagestat-lab.mo))

catalogues: $(catalogues)

build/locale/%/LC_MESSAGES/pagestat-lab.mo: po/%.po
	mkdir -p $(@D)
	$(MSGFMT) -c -o $@ $<

# Without the time of day, which would make each run another text.
build/pagestat-lab.pot: $(shared) $(lab) $(wildcard lab/base/*.h) | build
	$(XGETTEXT) --from-code=UTF-8 --language=C -k_ -kN_ --add-location=file \
		--package-name=pagestat-lab -o - $(sort $^) | \
		sed '/^"POT-Creation-Date:/d; /^# /d; /^#$$/d' >$@.new
	mv $@.new $@

translations: build/pagestat-lab.pot
	cp $< po/pagestat-lab.pot
	for language in $(languages); do \
		$(MSGMERGE) --quiet --update --backup=none --no-fuzzy-matching \
			po/$$language.po po/pagestat-lab.pot || exit; \
	done

# The same program, but for where it looks for catalogues.
build/lab/language.o build/san/lab/language.o: \
	ours += -DLOCALEDIR='"$(CURDIR)/build/locale"'

build/installed/language.o: lab/language.c build/lab/language.o build/localedir
	mkdir -p $(@D)
	$(CC) $(ours) $(CPPFLAGS) -DLOCALEDIR='"$(LOCALEDIR)"' $(CFLAGS) -c -o $@ $<

build/installed/pagestat-lab: $(filter-out build/lab/language.o,$(lab:%.c=build/%.o)) \
			      build/installed/language.o build/shared.a
	$(CC) $(CFLAGS) -pthread $(LDFLAGS) -Wl,--as-needed -o $@ $^ $(libs)

build/localedir: FORCE | build
	echo '$(LOCALEDIR)' | cmp -s - $@ || echo '$(LOCALEDIR)' >$@

install-catalogues: $(catalogues)
	for language in $(if $(catalogues),$(languages)); do \
		$(INSTALL) -D -m 644 build/locale/$$language/LC_MESSAGES/pagestat-lab.mo \
			$(DESTDIR)$(LOCALEDIR)/$$language/LC_MESSAGES/pagestat-lab.mo || exit; \
	done

uninstall-catalogues:
	$(RM) $(languages:%=$(DESTDIR)$(LOCALEDIR)/%/LC_MESSAGES/pagestat-lab.mo)

FORCE:

.PHONY: catalogues translations install-catalogues uninstall-catalogues FORCE
