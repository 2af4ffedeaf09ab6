import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

class Story {
    public static void main(String[] args) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("{{base}}/v1")
                .apiKey(System.getenv("PORTAL_API_KEY"))
                .build();
        var request = ChatCompletionCreateParams.builder()
                .model("{{model}}")
                .addUserMessage("Tell me a story about a lighthouse.")
                .build();
        var answer = client.chat().completions().create(request);
        System.out.println(answer.choices().get(0).message().content().orElse(""));
    }
}
