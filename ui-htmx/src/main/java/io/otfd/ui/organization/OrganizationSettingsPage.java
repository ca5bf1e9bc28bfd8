package io.otfd.ui.organization;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import io.otfd.ui.agentpool.PoolChoices;
import java.util.Optional;

/**
 * @param edition what the form was filled from
 * @param pools that may be the default
 * @param deleteUrl empty for those who may not delete it
 */
public record OrganizationSettingsPage(
        Frame frame, String url, Filled form, String edition, PoolChoices.Offered pools, Optional<String> deleteUrl) {}
