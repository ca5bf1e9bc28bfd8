package io.otfd.ui.organization;

import io.otfd.ui.Choice;
import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param edition what the form was filled from
 * @param pools that may be the default
 * @param deleteUrl empty for those who may not delete it
 */
public record OrganizationSettingsPage(
        Frame frame, String url, Filled form, String edition, List<Choice> pools, Optional<String> deleteUrl) {

    public OrganizationSettingsPage {
        pools = List.copyOf(pools);
    }
}
