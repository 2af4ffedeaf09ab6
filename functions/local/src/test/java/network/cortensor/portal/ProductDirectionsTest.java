package network.cortensor.portal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/**
 * Which package of the product may know which, where modules do not hold it: the rules that need every module. Those of core's own
 * packages are in {@code DirectionsTest} of functions/core.
 */
@AnalyzeClasses(packages = "network.cortensor.portal", importOptions = ProductDirectionsTest.MainCode.class)
class ProductDirectionsTest {
    private static final String BASE = "network.cortensor.portal.";

    @ArchTest
    static final ArchRule theRuntimeLoopKnowsTheJdkOnly = classes()
            .that()
            .resideInAPackage(BASE + "runtime..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax..", "org.jspecify..", BASE + "runtime..", BASE + "time");

    @ArchTest
    static final ArchRule onlyMainsReadTheEnvironment = noClasses()
            .that()
            .haveNameNotMatching(".*Main(\\$.*)?")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class, String.class);

    @ArchTest
    static final ArchRule theSmokeTestKnowsNothingThatACustomerDoesNot = classes()
            .that()
            .resideInAPackage(BASE + "smoke")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "com.fasterxml..", "picocli..", BASE + "time", BASE + "smoke");

    @ArchTest
    static final ArchRule theProberReadsNeitherKeysNorUsage = noClasses()
            .that()
            .resideInAPackage(BASE + "prober..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + "keys..", BASE + "usage..");

    @ArchTest
    static final ArchRule historyKnowsTheCatalogAndNothingThatServesIt = noClasses()
            .that()
            .resideInAnyPackage(BASE + "history..", BASE + "dynamo.history..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    BASE + "api..",
                    BASE + "dispatch..",
                    BASE + "health..",
                    BASE + "prober..",
                    BASE + "router..",
                    BASE + "routing..",
                    BASE + "slots..",
                    BASE + "ssm..",
                    BASE + "wire..");

    @ArchTest
    static final ArchRule eventsEndAtTheEdgeOfAFunction = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "prober", BASE + "history", BASE + "local")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.amazonaws.services.lambda..");

    @ArchTest
    static final ArchRule whatRunsInProductionKnowsNoTestkit = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "testkit..", BASE + "local..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "testkit..");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("network.cortensor.portal.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule absenceIsNeverAnUnmarkedNull = classes().should(new InMarkedPackage());

    private static final class InMarkedPackage extends ArchCondition<JavaClass> {
        private InMarkedPackage() {
            super("be in a @NullMarked package");
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            if (item.getPackage().tryGetAnnotationOfType(NullMarked.class).isEmpty()) {
                events.add(
                        SimpleConditionEvent.violated(item, item.getName() + " is in a package without @NullMarked"));
            }
        }
    }

    /** ArchUnit's own option knows Maven's folder of tests only, and not those of other builds. */
    static final class MainCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes");
        }
    }
}
