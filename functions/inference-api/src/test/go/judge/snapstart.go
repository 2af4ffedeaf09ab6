package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/aws-lambda-rie/internal"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda/interop"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda/rapidcore"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda/rie"
	log "github.com/sirupsen/logrus"
)

// hookTimeout is what Lambda allows for the hooks after a restore.
const hookTimeout = 10_000

// snapStart is AWS's program with init caching, which has the way to a restore but never goes it: here the first invocation does.
func snapStart() error {
	options, command, err := internal.ParseCLIArgs(os.Args)
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	rapidcore.SetLogLevel(options.LogLevel)
	directory, err := os.Getwd()
	if err != nil {
		return fmt.Errorf("working directory: %w", err)
	}
	sandbox := rapidcore.NewSandboxBuilder().
		AddShutdownFunc(context.CancelFunc(func() { os.Exit(0) })).
		SetExtensionsFlag(true).
		SetInitCachingFlag(true).
		SetHandler("portal").
		SetRuntimeAPIAddress(options.RuntimeAddress)
	rapidContext, state := sandbox.Create()
	server := sandbox.DefaultInteropServer()
	server.SetSandboxContext(rapidContext)
	server.SetInternalStateGetter(state)
	function := restored{sandbox.LambdaInvokeAPI(), server}
	bootstrap := rie.NewSimpleBootstrap(command[1:], directory)
	http.HandleFunc("/2015-03-31/functions/function/invocations", func(w http.ResponseWriter, r *http.Request) {
		rie.InvokeHandler(w, r, function, bootstrap)
	})
	return http.ListenAndServe(options.RIEAddress, nil)
}

// restored is a sandbox that goes on from its snapshot as soon as that could be taken.
type restored struct {
	rie.Sandbox
	server *rapidcore.Server
}

func (r restored) Init(start *interop.Init, timeout int64) {
	r.Sandbox.Init(start, timeout)
	if err := r.server.AwaitInitialized(); err != nil {
		log.WithError(err).Error("the function did not become ready for its snapshot")
		return
	}
	log.Info("restoring")
	if _, err := r.server.Restore(&interop.Restore{RestoreHookTimeoutMs: hookTimeout}); err != nil {
		log.WithError(err).Error("the function could not go on after its restore")
	}
}
