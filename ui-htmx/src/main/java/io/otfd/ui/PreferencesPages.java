package io.otfd.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Theme and keyboard shortcuts of this browser. */
final class PreferencesPages {

    void register(Routes routes) {
        routes.get(Links.preferences(), PreferencesPages::show);
        routes.post(Links.preferences(), PreferencesPages::save);
    }

    private static Reply show(Visit visit) {
        Preferences present = visit.preferences();
        Map<String, String> fields = present.shortcuts()
                ? Map.of("theme", present.theme().toString(), "shortcuts", "true")
                : Map.of("theme", present.theme().toString());
        return Reply.Html.of(
                "preferences",
                new PreferencesPage(visit.frame("Preferences", List.of()), Filled.of(fields), shortcuts()));
    }

    private static List<PreferencesPage.Shortcut> shortcuts() {
        List<PreferencesPage.Shortcut> shortcuts = new ArrayList<>(List.of(
                new PreferencesPage.Shortcut("/", "Search"),
                new PreferencesPage.Shortcut("?", "This page"),
                new PreferencesPage.Shortcut("g o", "Organizations")));
        Arrays.stream(MenuItem.values())
                .filter(item -> !item.key().isEmpty())
                .forEach(item -> shortcuts.add(new PreferencesPage.Shortcut("g " + item.key(), item.label())));
        return shortcuts;
    }

    private static Reply save(Visit visit) {
        return Reply.Redirect.to(Links.preferences())
                .with(Preferences.of(visit.form()).cookie(visit.isSecure()))
                .saying("Changes were saved.");
    }
}
