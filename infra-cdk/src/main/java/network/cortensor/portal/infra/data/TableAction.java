package network.cortensor.portal.infra.data;

/** What a function may do with a table. */
public enum TableAction {
    GET("dynamodb:GetItem"),
    QUERY("dynamodb:Query"),
    SCAN("dynamodb:Scan"),
    PUT("dynamodb:PutItem"),
    UPDATE("dynamodb:UpdateItem"),
    DELETE("dynamodb:DeleteItem");

    private final String iamName;

    TableAction(String iamName) {
        this.iamName = iamName;
    }

    public String iamName() {
        return iamName;
    }
}
