package io.otfd.user;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.MovableClock;
import io.otfd.PostgresExtension;
import io.otfd.Refusal;
import io.otfd.TestDatabase;
import io.otfd.access.Caller;
import io.otfd.database.Database;
import io.otfd.token.Tokens;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first site admin with a password, on a database of its own. */
@ExtendWith(PostgresExtension.class)
class SetUpTest {

    @Test
    void oneLinkMakesOneSiteAdmin(TestDatabase test) {
        try (Database database = test.open(2)) {
            PasswordLinks links = new PasswordLinks(database, new MovableClock());
            PasswordLinks.Profile ann = new PasswordLinks.Profile(
                    "ann", "ann@example.com", "correct horse battery", "correct horse battery");
            String first = links.mintSetUp().orElseThrow();
            String second = links.mintSetUp().orElseThrow();
            assertThat(links.open(first), is(Optional.empty()));

            User made = links.use(second, ann);

            assertThat(made.siteAdmin(), is(true));
            assertThat(made.username(), is("ann"));
            assertThrows(Refusal.Gone.class, () -> links.open(first));
            assertThrows(Refusal.Gone.class, () -> links.use(first, ann));
            assertThat(links.mintSetUp(), is(Optional.empty()));
            assertThat(links.setUpIsOpen(), is(false));
        }
    }

    @Test
    void theSiteTokensUserIsTheSameWhateverTheirName(TestDatabase test) {
        try (Database database = test.open(2)) {
            Users users = new Users(database);
            User admin = users.admin();
            new Tokens(database, new MovableClock()).setSiteToken(admin.id(), "secret");

            new Accounts(database, new SignIns(database, new MovableClock()))
                    .update(new Caller.User(admin.id(), "admin", true), Optional.of("root"), Optional.empty());

            assertThat(users.admin().id(), is(admin.id()));
            assertThat(users.admin().username(), is("root"));
        }
    }
}
