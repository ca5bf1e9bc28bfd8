package io.otfd.ui.team;

import io.otfd.ui.Filled;
import io.otfd.ui.Frame;
import java.util.List;
import java.util.Optional;

/**
 * @param form of name, visibility and access; empty for those who may not change the team
 * @param access what a team can be let do; none where the visitor may not give it
 * @param memberForm of a new member; empty for those who may not add one
 */
public record TeamPage(
        Frame frame,
        String url,
        String name,
        String id,
        List<String> members,
        Optional<Filled> form,
        String edition,
        List<Access> access,
        Optional<Filled> memberForm,
        boolean deletable) {

    public TeamPage {
        members = List.copyOf(members);
        access = List.copyOf(access);
    }

    /** @param field of its box */
    public record Access(String field, String label) {}
}
