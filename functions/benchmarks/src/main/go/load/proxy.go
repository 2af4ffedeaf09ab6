package main

import (
	"flag"
	"net/http"
	"net/http/httputil"
	"net/url"
)

// proxy passes on what comes with the right key, byte by byte as it comes: the least that a gateway can do.
func proxy(args []string) error {
	flags := flag.NewFlagSet("proxy", flag.ExitOnError)
	to := flags.String("to", "", "the server behind it, as http://127.0.0.1:8000")
	key := flags.String("key", "", "the key that customers present")
	flags.Parse(args)
	target, err := url.Parse(*to)
	if err != nil {
		return err
	}
	reverse := httputil.NewSingleHostReverseProxy(target)
	reverse.FlushInterval = -1
	reverse.Transport = &http.Transport{MaxIdleConnsPerHost: 256}
	return serve(http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		if request.Header.Get("authorization") != "Bearer "+*key {
			http.Error(answer, `{"error":{"message":"wrong key"}}`, http.StatusUnauthorized)
			return
		}
		reverse.ServeHTTP(answer, request)
	}))
}
