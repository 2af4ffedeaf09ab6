package network.cortensor.portal.history;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** An event's values as the SDK has them. The two libraries have a class each for the same thing. */
final class EventValues {
    private EventValues() {}

    static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item(
            Map<String, AttributeValue> values) {
        Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item = new HashMap<>();
        values.forEach((name, value) -> item.put(name, value(value)));
        return item;
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue value(AttributeValue value) {
        var builder = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
        if (value.getS() != null) {
            return builder.s(value.getS()).build();
        }
        if (value.getN() != null) {
            return builder.n(value.getN()).build();
        }
        if (value.getBOOL() != null) {
            return builder.bool(value.getBOOL()).build();
        }
        if (value.getM() != null) {
            return builder.m(item(value.getM())).build();
        }
        if (value.getL() != null) {
            return builder.l(value.getL().stream().map(EventValues::value).toList())
                    .build();
        }
        return rare(value);
    }

    private static software.amazon.awssdk.services.dynamodb.model.AttributeValue rare(AttributeValue value) {
        var builder = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
        if (value.getSS() != null) {
            return builder.ss(value.getSS()).build();
        }
        if (value.getNS() != null) {
            return builder.ns(value.getNS()).build();
        }
        if (value.getBS() != null) {
            return builder.bs(bytes(value.getBS())).build();
        }
        if (value.getB() != null) {
            return builder.b(bytes(value.getB())).build();
        }
        if (isNull(value.getNULL())) {
            return builder.nul(true).build();
        }
        throw new IllegalArgumentException("a value of a type that is unknown here");
    }

    private static boolean isNull(@Nullable Boolean flag) {
        return flag != null && flag;
    }

    private static List<SdkBytes> bytes(List<ByteBuffer> buffers) {
        return buffers.stream().map(EventValues::bytes).toList();
    }

    private static SdkBytes bytes(ByteBuffer buffer) {
        return SdkBytes.fromByteBuffer(buffer.duplicate());
    }
}
