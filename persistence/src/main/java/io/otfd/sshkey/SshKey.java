package io.otfd.sshkey;

import io.otfd.Ids.OrganizationId;
import io.otfd.Ids.SshKeyId;
import io.otfd.Refusal;

/** A private key with which engines fetch modules; its value cannot be read again through the API. */
public record SshKey(SshKeyId id, OrganizationId organization, String name) {

    private static final int MAX_NAME = 255;

    public SshKey {
        if (name.isBlank()) {
            throw Refusal.Invalid.attribute("name", "can't be blank");
        }
        if (name.length() > MAX_NAME) {
            throw Refusal.Invalid.attribute("name", "must have at most " + MAX_NAME + " characters");
        }
    }
}
