package network.cortensor.portal.infra;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudWatch's metric math, as far as alarms of ours use it: numbers, metrics, {@code + - * /}, comparisons (1 or 0), brackets and
 * {@code IF}. A formula has no value where one of its metrics has none.
 */
final class MetricMath {
    private static final Pattern TOKEN = Pattern.compile("\\s*([A-Za-z]\\w*|\\d+(?:\\.\\d+)?|>=|<=|[-+*/(),<>])");

    private final Matcher tokens;
    private final Map<String, Double> metrics;
    private String next = "";
    private boolean missing;

    private MetricMath(String formula, Map<String, Double> metrics) {
        this.tokens = TOKEN.matcher(formula);
        this.metrics = metrics;
        advance();
    }

    static OptionalDouble value(String formula, Map<String, Double> metrics) {
        MetricMath math = new MetricMath(formula, metrics);
        double value = math.comparison();
        if (!math.next.isEmpty()) {
            throw new IllegalArgumentException(formula + ": stops at " + math.next);
        }
        return math.missing ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private void advance() {
        next = tokens.lookingAt() ? tokens.group(1) : "";
        tokens.region(next.isEmpty() ? tokens.regionStart() : tokens.end(), tokens.regionEnd());
    }

    private boolean took(String token) {
        boolean is = next.equals(token);
        if (is) {
            advance();
        }
        return is;
    }

    private void require(String token) {
        if (!took(token)) {
            throw new IllegalArgumentException("expected " + token + " and not " + next);
        }
    }

    private double comparison() {
        double left = sum();
        if (took(">=")) {
            return left >= sum() ? 1 : 0;
        }
        if (took("<=")) {
            return left <= sum() ? 1 : 0;
        }
        if (took(">")) {
            return left > sum() ? 1 : 0;
        }
        if (took("<")) {
            return left < sum() ? 1 : 0;
        }
        return left;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (took("+")) {
                value += product();
            } else if (took("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = factor();
        while (true) {
            if (took("*")) {
                value *= factor();
            } else if (took("/")) {
                value /= factor();
            } else {
                return value;
            }
        }
    }

    private double factor() {
        String token = next;
        advance();
        if (token.equals("(")) {
            double value = comparison();
            require(")");
            return value;
        }
        if (token.equals("IF")) {
            return choice();
        }
        if (Character.isDigit(token.charAt(0))) {
            return Double.parseDouble(token);
        }
        if (next.equals("(")) {
            throw new IllegalArgumentException(token + ": a function that no alarm of ours should need");
        }
        missing |= !metrics.containsKey(token);
        return metrics.getOrDefault(token, 0.0);
    }

    private double choice() {
        require("(");
        double condition = comparison();
        require(",");
        double then = comparison();
        require(",");
        double otherwise = comparison();
        require(")");
        return condition != 0 ? then : otherwise;
    }
}
