package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// question is what the model server reads of a request.
type question struct {
	Stream        bool `json:"stream"`
	StreamOptions struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
}

// upstream serves the chat completions of an OpenAI-compatible server: the first token after a while, the others at a steady pace.
func upstream(args []string) error {
	flags := flag.NewFlagSet("upstream", flag.ExitOnError)
	tokens := flags.Int("tokens", 50, "tokens of an answer")
	first := flags.Duration("first", 50*time.Millisecond, "from a request to its first token")
	gap := flags.Duration("gap", 20*time.Millisecond, "from a token to the next one")
	flags.Parse(args)
	handler := http.NewServeMux()
	handler.HandleFunc("/v1/models", func(answer http.ResponseWriter, _ *http.Request) {
		answer.Header().Set("content-type", "application/json")
		io.WriteString(answer, `{"object":"list","data":[{"id":"paced","object":"model","created":0,"owned_by":"load"}]}`)
	})
	handler.HandleFunc("/v1/chat/completions", func(answer http.ResponseWriter, request *http.Request) {
		var asked question
		if err := json.NewDecoder(request.Body).Decode(&asked); err != nil {
			http.Error(answer, `{"error":{"message":"no JSON"}}`, http.StatusBadRequest)
			return
		}
		if !asked.Stream {
			http.Error(answer, `{"error":{"message":"stream: false (expected: true)"}}`, http.StatusBadRequest)
			return
		}
		speak(answer, asked, *tokens, *first, *gap)
	})
	return serve(handler)
}

func speak(answer http.ResponseWriter, asked question, tokens int, first, gap time.Duration) {
	answer.Header().Set("content-type", "text/event-stream")
	flusher := answer.(http.Flusher)
	chunk := func(choices, usage string) {
		fmt.Fprintf(answer, `data: {"id":"chatcmpl-load","object":"chat.completion.chunk","created":1700000000,"model":"paced","choices":[%s]%s}`+"\n\n", choices, usage)
		flusher.Flush()
	}
	start := time.Now()
	for token := 0; token < tokens; token++ {
		time.Sleep(time.Until(start.Add(first + time.Duration(token)*gap)))
		role := ""
		if token == 0 {
			role = `"role":"assistant",`
		}
		chunk(fmt.Sprintf(`{"index":0,"delta":{%s"content":"word%d "},"finish_reason":null}`, role, token), "")
	}
	chunk(`{"index":0,"delta":{},"finish_reason":"stop"}`, "")
	if asked.StreamOptions.IncludeUsage {
		chunk("", fmt.Sprintf(`,"usage":{"prompt_tokens":10,"completion_tokens":%d,"total_tokens":%d}`, tokens, 10+tokens))
	}
	io.WriteString(answer, "data: [DONE]\n\n")
	flusher.Flush()
}

// serve takes a free port of this machine, says which, and serves until the parent goes.
func serve(handler http.Handler) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("Port: %d\n", listener.Addr().(*net.TCPAddr).Port)
	go exitWithParent()
	return http.Serve(listener, handler)
}
