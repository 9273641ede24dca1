package io.distillwatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.distillwatch");

    private static final ArchRule NO_WALL_CLOCK =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(java.time.LocalDateTime.class, "now")
                    .orShould()
                    .callMethod(java.time.ZonedDateTime.class, "now")
                    .orShould()
                    .callMethod(java.time.OffsetDateTime.class, "now")
                    .orShould()
                    .callMethod(java.time.Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(java.time.Clock.class, "systemDefaultZone")
                    .because("results are a function of the stream: replays must repeat them");

    @Test
    void decisionsKnowNoStream() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.distillwatch.evidence..",
                        "io.distillwatch.sketch..",
                        "io.distillwatch.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink.streaming..",
                        "org.apache.flink.runtime..",
                        "org.apache.flink.api..",
                        "org.apache.flink.configuration..",
                        "org.apache.kafka..")
                .because("what is decided can be tested and read without Flink")
                .check(MAIN);
    }

    @Test
    void nobodyLooksAtTheWallClock() {
        NO_WALL_CLOCK.check(MAIN);
    }

    @Test
    void aLookAtTheWallClockWouldBeFound() {
        JavaClasses guilty = new ClassFileImporter().importClasses(LooksAtTheClock.class);

        assertThatThrownBy(() -> NO_WALL_CLOCK.check(guilty))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("LooksAtTheClock");
    }

    @Test
    void onlyTheWayInWritesToTheTerminal() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(DetectionJob.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(MAIN);
    }

    @Test
    void theJobDoesNotKnowItsWorkbench() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.distillwatch.workbench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.distillwatch.workbench..")
                .check(MAIN);
    }

    @Test
    void theGraphDoesNotKnowKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.distillwatch.kafka..", "io.distillwatch.settings..", "io.distillwatch")
                .or()
                .haveFullyQualifiedName(DetectionTopology.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "org.apache.flink.connector.kafka..",
                        "io.distillwatch.kafka..")
                .check(MAIN);
    }

    @Test
    void nobodyDrawsUnseededChance() {
        noClasses()
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .check(MAIN);
    }

    private static final class LooksAtTheClock {
        long now() {
            return Instant.now().toEpochMilli();
        }
    }
}
