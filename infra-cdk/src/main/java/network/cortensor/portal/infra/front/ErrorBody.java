package network.cortensor.portal.infra.front;

/** An error in the shape in which customers get all of them. Its texts are ours and hold nothing that JSON would have to escape. */
record ErrorBody(String type, String quotedCode, String message) {
    static ErrorBody of(String type, String message) {
        return new ErrorBody(type, "null", message);
    }

    static ErrorBody of(String type, String code, String message) {
        return new ErrorBody(type, "\"" + code + "\"", message);
    }

    String json() {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":"
                + quotedCode + "}}";
    }
}
