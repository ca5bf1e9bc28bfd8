package io.otfd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls that the compiler does not see. */
class WallsTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.otfd");

    @Test
    void onlyTheDatabasePackageSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.otfd.database..", "io.otfd.event..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "io.helidon.dbclient..", "org.postgresql..")
                .check(OURS);
    }

    @Test
    void theRulesKnowNothingOfHttpAndPages() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.otfd",
                        "io.otfd.access..",
                        "io.otfd.agentpool..",
                        "io.otfd.blob..",
                        "io.otfd.configuration..",
                        "io.otfd.dispatch..",
                        "io.otfd.encryption..",
                        "io.otfd.job..",
                        "io.otfd.log..",
                        "io.otfd.notification..",
                        "io.otfd.organization..",
                        "io.otfd.project..",
                        "io.otfd.retention..",
                        "io.otfd.run..",
                        "io.otfd.sshkey..",
                        "io.otfd.state..",
                        "io.otfd.team..",
                        "io.otfd.token..",
                        "io.otfd.user..",
                        "io.otfd.variable..",
                        "io.otfd.workspace..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.otfd.api..",
                        "io.otfd.ui..",
                        "io.otfd.agent..",
                        "io.otfd.notifier..",
                        "io.helidon.webserver..")
                .check(OURS);
    }

    @Test
    void theAgentDependsOnNoneOfUs() {
        noClasses()
                .that()
                .resideInAPackage("io.otfd.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.otfd",
                        "io.otfd.api..",
                        "io.otfd.ui..",
                        "io.otfd.daemon..",
                        "io.otfd.database..",
                        "io.otfd.run..")
                .check(OURS);
    }

    @Test
    void theServerUsesTheAgentsFrontDoorOnly() {
        noClasses()
                .that()
                .resideInAnyPackage("io.otfd.api..", "io.otfd.daemon..", "io.otfd.ui..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.otfd.agent.job..")
                .check(OURS);
    }

    @Test
    void pagesAndApiDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.otfd.ui..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.otfd.api..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("io.otfd.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.otfd.ui..")
                .check(OURS);
    }

    @Test
    void documentsAreWrittenByUsAndNotByTheClientsConverter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.otfd.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.jasminb..")
                .check(OURS);
    }
}
