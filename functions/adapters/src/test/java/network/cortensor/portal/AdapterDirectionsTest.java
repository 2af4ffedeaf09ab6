package network.cortensor.portal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of the adapters may know which: routers and tables know nothing of each other. */
@AnalyzeClasses(packages = "network.cortensor.portal", importOptions = AdapterDirectionsTest.MainCode.class)
class AdapterDirectionsTest {
    private static final String BASE = "network.cortensor.portal.";

    @ArchTest
    static final ArchRule routersKnowNoTables = noClasses()
            .that()
            .resideInAnyPackage(BASE + "router")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + "dynamo..", BASE + "routing..", BASE + "catalog..", BASE + "slots..");

    /** ArchUnit's own option knows Maven's folder of tests only, and not those of other builds. */
    static final class MainCode implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes");
        }
    }
}
