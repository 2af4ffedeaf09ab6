import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;

class Story {
    public static void main(String[] args) {
        AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl("{{base}}")
                .apiKey(System.getenv("PORTAL_API_KEY"))
                .build();
        var request = MessageCreateParams.builder()
                .model("{{model}}")
                .maxTokens(500)
                .addUserMessage("Tell me a story about a lighthouse.")
                .build();
        client.messages().create(request).content()
                .forEach(block -> block.text().ifPresent(text -> System.out.print(text.text())));
    }
}
