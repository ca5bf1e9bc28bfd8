package io.otfd.database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.otfd.PostgresExtension;
import io.otfd.TestDatabase;
import io.otfd.encryption.MasterKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Master keys that come and go. */
@ExtendWith(PostgresExtension.class)
class DataKeysTest {

    private final String old = MasterKeys.random();
    private final String young = MasterKeys.random();

    @Test
    void newMasterKeyWrapsAllAndSealsByANewDataKey(TestDatabase test) {
        byte[] before;
        byte[] after;
        try (Database first = test.open(2, MasterKeys.parse(old))) {
            before = first.vault().seal("var-1", "before");
            try (Database second = test.open(2, MasterKeys.parse(young + "\n" + old))) {
                assertThat(second.vault().open("var-1", before), is("before"));
                after = second.vault().seal("var-2", "after");
                assertThat(
                        second.vault().streamKey().id(),
                        is(not(first.vault().streamKey().id())));
            }
            assertThat("who runs on goes on", first.vault().open("var-1", before), is("before"));
        }

        assertThat(
                Database.masterKeys(test.url()),
                contains(MasterKeys.parse(young).first().id()));
        try (Database third = test.open(2, MasterKeys.parse(young))) {
            assertThat(third.vault().open("var-1", before), is("before"));
            assertThat(third.vault().open("var-2", after), is("after"));
        }
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> test.open(2, MasterKeys.parse(old)));
        assertThat(
                refused.getMessage(),
                containsString(MasterKeys.parse(young).first().id()));
        test.open(2, MasterKeys.parse("# the next one\n" + old + ", " + young)).close();
        test.open(2, MasterKeys.parse(young + "," + old)).close();
    }

    @Test
    void keyThatIsNoKeyIsRefusedWithoutItsText() {
        for (String text : new String[] {"", "secret!", "c2VjcmV0"}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> MasterKeys.parse(text));
            assertThat(refused.getMessage(), not(containsString("ecret")));
        }
    }
}
