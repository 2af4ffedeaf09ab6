import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.completions.CompletionCreateParams;

class Story {
    public static void main(String[] args) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("{{base}}/v1")
                .apiKey(System.getenv("PORTAL_API_KEY"))
                .build();
        var request = CompletionCreateParams.builder()
                .model("{{model}}")
                .prompt("Once upon a time, in a lighthouse,")
                .build();
        System.out.println(client.completions().create(request).choices().get(0).text());
    }
}
