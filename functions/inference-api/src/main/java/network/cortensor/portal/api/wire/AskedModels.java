package network.cortensor.portal.api.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;

/** {@code model} and {@code models}: whom the request is for. The first one that answers does. */
public final class AskedModels {
    private static final int MOST = 16;

    private AskedModels() {}

    /** At least one name, as the customer wrote them: {@code model} if it is there, then {@code models}, each once. */
    public static List<String> read(JsonField body) throws Rejection {
        Optional<JsonField> others = body.find("models");
        List<JsonField> given = others.isPresent() ? others.get().items(MOST) : List.of();
        LinkedHashSet<String> names = new LinkedHashSet<>();
        if (given.isEmpty()) {
            names.add(body.need("model").text());
        }
        body.text("model").ifPresent(names::add);
        for (JsonField name : given) {
            names.add(name.nonEmptyText());
        }
        return new ArrayList<>(names);
    }
}
