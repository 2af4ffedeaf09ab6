package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

// headers collects repeated flags of the form name=value. Of a name with several values, requests have one after the other: many customers.
type headers map[string][]string

func (all headers) String() string { return "" }

func (all headers) Set(header string) error {
	name, value, found := strings.Cut(header, "=")
	if !found {
		return fmt.Errorf("%q (expected: name=value)", header)
	}
	all[name] = append(all[name], value)
	return nil
}

// results is what the customers saw, as one line of JSON. Times are milliseconds.
type results struct {
	Requests     int     `json:"requests"`
	Failures     int     `json:"failures"`
	FirstFailure string  `json:"first_failure"`
	Seconds      float64 `json:"seconds"`
	FirstP50     float64 `json:"first_p50"`
	FirstP99     float64 `json:"first_p99"`
}

// customers asks for streamed answers, so many at once for so long, and says when first tokens came.
func customers(args []string) error {
	flags := flag.NewFlagSet("customers", flag.ExitOnError)
	url := flags.String("url", "", "where chat completions are asked for")
	model := flags.String("model", "paced", "the model")
	streams := flags.Int("streams", 1, "streams at once")
	duration := flags.Duration("for", 10*time.Second, "how long new requests are sent")
	extra := headers{}
	flags.Var(extra, "header", "name=value, sent with every request; may be repeated, and so may a name, whose values take turns")
	flags.Parse(args)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: *streams, DisableCompression: true}, Timeout: time.Minute}
	body := fmt.Sprintf(`{"model":%q,"stream":true,"messages":[{"role":"user","content":"Tell me a story about a lighthouse"}]}`, *model)
	start := time.Now()
	var lock sync.Mutex
	var times []time.Duration
	seen := results{}
	var all sync.WaitGroup
	for customer := 0; customer < *streams; customer++ {
		all.Add(1)
		go func(turn int) {
			defer all.Done()
			for ; time.Since(start) < *duration; turn++ {
				first, err := ask(client, *url, body, extra, turn)
				lock.Lock()
				if err != nil {
					seen.Failures++
					if seen.FirstFailure == "" {
						seen.FirstFailure = err.Error()
					}
				} else {
					times = append(times, first)
				}
				lock.Unlock()
			}
		}(customer)
	}
	all.Wait()
	seen.Seconds = time.Since(start).Seconds()
	seen.Requests = len(times)
	sort.Slice(times, func(one, other int) bool { return times[one] < times[other] })
	seen.FirstP50 = at(times, 0.50)
	seen.FirstP99 = at(times, 0.99)
	return json.NewEncoder(os.Stdout).Encode(seen)
}

// ask returns the time from before the request to the first token. An answer that does not end well is an error.
func ask(client *http.Client, url, body string, extra headers, turn int) (time.Duration, error) {
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("content-type", "application/json")
	for name, values := range extra {
		request.Header.Set(name, values[turn%len(values)])
	}
	start := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 300))
		return 0, fmt.Errorf("status %d: %s", answer.StatusCode, text)
	}
	var first time.Duration
	lines := bufio.NewReader(answer.Body)
	for {
		line, err := lines.ReadSlice('\n')
		if err != nil {
			return 0, fmt.Errorf("an answer without its end: %w", err)
		}
		if first == 0 && says(line) {
			first = time.Since(start)
		}
		if bytes.HasPrefix(line, []byte("data: [DONE]")) {
			_, err := io.Copy(io.Discard, lines)
			return first, err
		}
	}
}

// says tells whether an event brings text: all texts of the model server begin so.
func says(line []byte) bool {
	return bytes.Contains(line, []byte(`"content":"word`)) || bytes.Contains(line, []byte(`"content": "word`))
}

// at is the given quantile, in milliseconds.
func at(times []time.Duration, quantile float64) float64 {
	if len(times) == 0 {
		return 0
	}
	place := int(quantile * float64(len(times)))
	if place >= len(times) {
		place = len(times) - 1
	}
	return float64(times[place].Microseconds()) / 1000
}
