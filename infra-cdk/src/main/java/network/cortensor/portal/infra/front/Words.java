package network.cortensor.portal.infra.front;

/** An error in the shape in which customers get all of them. Its texts are ours and hold nothing that JSON would have to escape. */
record Words(String type, String quotedCode, String message) {
    static Words of(String type, String message) {
        return new Words(type, "null", message);
    }

    static Words of(String type, String code, String message) {
        return new Words(type, "\"" + code + "\"", message);
    }

    String json() {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":"
                + quotedCode + "}}";
    }
}
