# SPDX-License-Identifier: GPL-2.0
#
# rules.mk - translations, for the Makefile above; they need GNU gettext
#
#   make                    makes the catalogues; without msgfmt there are none, and
#                           the tool speaks English
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
catalogues	:= $(if $(have_msgfmt),$(languages:%=build/locale/%/LC_MESSAGES/pagestat.mo))

catalogues: $(catalogues)

build/locale/%/LC_MESSAGES/pagestat.mo: po/%.po
	mkdir -p $(@D)
	$(MSGFMT) -c -o $@ $<

# Without the time of day, which would make each run another text.
build/pagestat.pot: $(sources) $(wildcard lab/base/*.h) | build
	$(XGETTEXT) --from-code=UTF-8 --language=C -k_ -kN_ --add-location=file \
		--package-name=pagestat -o - $(sort $(sources) $(wildcard lab/base/*.h)) | \
		sed '/^"POT-Creation-Date:/d; /^# /d; /^#$$/d' >$@.new
	mv $@.new $@

translations: build/pagestat.pot
	cp $< po/pagestat.pot
	for language in $(languages); do \
		$(MSGMERGE) --quiet --update --backup=none --no-fuzzy-matching \
			po/$$language.po po/pagestat.pot || exit; \
	done

# The same tool, but for where it looks for catalogues.
build/lab/language.o build/san/lab/language.o: \
	ours += -DLOCALEDIR='"$(CURDIR)/build/locale"'

build/installed/language.o: lab/language.c build/localedir
	mkdir -p $(@D)
	$(CC) $(ours) $(CPPFLAGS) -DLOCALEDIR='"$(LOCALEDIR)"' $(CFLAGS) -c -o $@ $<

build/installed/pagestat: $(filter-out build/lab/language.o,$(objects)) build/installed/language.o
	$(CC) $(CFLAGS) -pthread $(LDFLAGS) -o $@ $^ $(libs)

build/localedir: FORCE | build
	echo '$(LOCALEDIR)' | cmp -s - $@ || echo '$(LOCALEDIR)' >$@

install-catalogues: $(catalogues)
	for language in $(if $(catalogues),$(languages)); do \
		$(INSTALL) -D -m 644 build/locale/$$language/LC_MESSAGES/pagestat.mo \
			$(DESTDIR)$(LOCALEDIR)/$$language/LC_MESSAGES/pagestat.mo || exit; \
	done

uninstall-catalogues:
	$(RM) $(languages:%=$(DESTDIR)$(LOCALEDIR)/%/LC_MESSAGES/pagestat.mo)

FORCE:

.PHONY: catalogues translations install-catalogues uninstall-catalogues FORCE
