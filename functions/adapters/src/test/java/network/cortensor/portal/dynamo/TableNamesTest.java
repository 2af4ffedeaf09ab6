package network.cortensor.portal.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableNamesTest {

    @Test
    void everyNameCarriesThePrefix() {
        TableNames names = TableNames.prefixed("dev-");

        assertThat(names.models()).isEqualTo("dev-Models");
        assertThat(names.usage()).isEqualTo("dev-Usage");
    }

    @Test
    void aNameThatDynamoDbWouldRefuseIsRefusedHere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableNames.prefixed("dev/"))
                .withMessageStartingWith("table name: dev/Models (expected:");
    }
}
