package network.cortensor.portal.local;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.local.WallCase.Scope;
import network.cortensor.portal.testkit.router.Fault;

/** One case of the fault wall with stores: both targets of the alias have the router's fault, the worker has the stores'. */
record StoreWallCase(Fault router, StoreFault store, Mode mode) {
    /** One fault of each kind: none, no task, a task of unknown fate, silence, half an answer, an end that is none, an end that nobody knows. */
    private static final List<Fault> KINDS = List.of(
            Fault.NONE, Fault.REFUSE, Fault.HTML_503, Fault.HANG, Fault.CUT, Fault.BLANK_FINISH, Fault.ODD_FINISH);

    static List<StoreWallCase> all() {
        return KINDS.stream()
                .flatMap(router -> Arrays.stream(StoreFault.values())
                        .flatMap(store -> Stream.of(Mode.values()).map(mode -> new StoreWallCase(router, store, mode))))
                .toList();
    }

    /** The same on the wall without stores. */
    WallCase onWall() {
        return new WallCase(router, Scope.ALL, mode, Api.CHAT, Front.API_GATEWAY);
    }

    /** A pool's times. Slots are free, so that nothing waits but for a table. */
    Map<String, Object> times() {
        Map<String, Object> times = new HashMap<>(onWall().times());
        times.put("queueSeconds", BigDecimal.ONE);
        return times;
    }

    String body(String alias) {
        return Api.CHAT.body(alias, mode);
    }
}
