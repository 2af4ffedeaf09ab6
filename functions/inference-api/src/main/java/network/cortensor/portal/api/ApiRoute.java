package network.cortensor.portal.api;

import java.util.List;
import java.util.stream.IntStream;
import network.cortensor.portal.api.error.ErrorShape;

/**
 * One line of the route table.
 *
 * @param pattern of the path; a segment in braces stands for any
 * @param errors the shape of the errors under this path
 */
record ApiRoute(Method method, String pattern, ErrorShape errors, Operation operation) {

    /** What a path answers to, beside the {@code OPTIONS} of browsers. */
    enum Method {
        GET("GET, HEAD, OPTIONS"),
        POST("POST, OPTIONS");

        private final String allowed;

        Method(String allowed) {
            this.allowed = allowed;
        }

        /** For the {@code allow} header. */
        String allowed() {
            return allowed;
        }

        boolean answers(String httpMethod) {
            return httpMethod.equals(name()) || (this == GET && httpMethod.equals("HEAD"));
        }
    }

    ApiRoute with(ErrorShape other) {
        return new ApiRoute(method, pattern, other, operation);
    }

    boolean matches(List<String> segments) {
        List<String> wanted =
                pattern.equals("/") ? List.of() : List.of(pattern.substring(1).split("/"));
        return wanted.size() == segments.size()
                && IntStream.range(0, wanted.size()).allMatch(i -> fits(wanted.get(i), segments.get(i)));
    }

    private static boolean fits(String wanted, String segment) {
        return wanted.startsWith("{") || wanted.equals(segment);
    }
}
