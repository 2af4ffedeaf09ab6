// Load is what a comparison of gateways needs beside the gateways: a model server that speaks at a given pace, a reverse proxy that
// does nothing but check a key, and customers who measure when the first token comes.
package main

import (
	"fmt"
	"os"
)

func main() {
	commands := map[string]func([]string) error{"upstream": upstream, "proxy": proxy, "customers": customers}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: load upstream|proxy|customers [flags]")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// exitWithParent ends this process when its standard input ends, so that no process outlives the one that started it.
func exitWithParent() {
	buffer := make([]byte, 1)
	for {
		if _, err := os.Stdin.Read(buffer); err != nil {
			os.Exit(0)
		}
	}
}
