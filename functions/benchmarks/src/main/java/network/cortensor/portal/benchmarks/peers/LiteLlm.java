package network.cortensor.portal.benchmarks.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** LiteLLM's proxy with two workers, one for each processor of the reference machine. 1.82.7, 1.82.8 and 1.107.0 were compromised: never those. */
record LiteLlm(Path folder) implements Peer {
    private static final String VERSION = "1.101.6";
    private static final String KEY = "sk-load";

    @Override
    public String name() {
        return "LiteLLM " + VERSION + ", 2 workers";
    }

    @Override
    public void install() throws Unavailable, InterruptedException {
        new Venv(folder, "litellm").install("litellm[proxy]==" + VERSION);
    }

    @Override
    public Gateway start(URI upstream) throws Unavailable, InterruptedException {
        int port = Gateway.freePort();
        String configuration = Configuration.write(folder.resolve("litellm.yaml"), """
                model_list:
                  - model_name: paced
                    litellm_params: {model: openai/paced, api_base: "%s/v1", api_key: none}
                general_settings: {master_key: %s}
                litellm_settings: {num_retries: 0, telemetry: false}
                """.formatted(upstream, KEY));
        Process process = Command.of(
                        folder,
                        new Venv(folder, "litellm").program("litellm"),
                        "--config",
                        configuration,
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--num_workers",
                        "2")
                .with("LITELLM_LOCAL_MODEL_COST_MAP", "True")
                .start();
        return Gateway.at(port, Map.of("authorization", "Bearer " + KEY), process);
    }
}
