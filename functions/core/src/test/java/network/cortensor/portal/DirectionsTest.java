package network.cortensor.portal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;

/**
 * Which package of core may know which. Core has the decisions. Its pom holds AWS, routers and the rest of the product apart from them, and
 * {@code ProductDirectionsTest} in functions/local sees all modules at once.
 */
@AnalyzeClasses(packages = "network.cortensor.portal", importOptions = DirectionsTest.MainCode.class)
class DirectionsTest {
    private static final String BASE = "network.cortensor.portal.";

    @ArchTest
    static final ArchRule theModelKnowsTheJdkOnly = classes()
            .that()
            .resideInAPackage(BASE + "model")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", BASE + "model");

    @ArchTest
    static final ArchRule theNeutralCompletionKnowsTheModelOnly = classes()
            .that()
            .resideInAPackage(BASE + "completion")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", BASE + "model", BASE + "completion");

    @ArchTest
    static final ArchRule keysKnowTheModelOnly = classes()
            .that()
            .resideInAPackage(BASE + "keys")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", BASE + "model", BASE + "keys");

    /** Functions and their arguments are JSON in every prompt format, so that prompts and the counting of their tokens read it. */
    @ArchTest
    static final ArchRule promptsAloneKnowJson = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "prompt", BASE + "tokens", BASE + "testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule decisionsReadNoClock = noClasses()
            .that()
            .resideInAnyPackage(
                    BASE + "model",
                    BASE + "routing",
                    BASE + "health",
                    BASE + "prompt",
                    BASE + "completion",
                    BASE + "usage",
                    BASE + "activity")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class);

    @ArchTest
    static final ArchRule usageKnowsWhoseItIsAndNothingOfWhereItWent = noClasses()
            .that()
            .resideInAPackage(BASE + "usage")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + "routing..", BASE + "health..", BASE + "catalog..", BASE + "slots..");

    /** ArchUnit's own option knows Maven's folder of tests only, and not those of other builds. */
    static final class MainCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes");
        }
    }
}
