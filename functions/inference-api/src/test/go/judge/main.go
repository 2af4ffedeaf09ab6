// Command judge runs a function under AWS's own Runtime Interface Emulator.
//
// Where AWS_LAMBDA_MAX_CONCURRENCY is set, it is Lambda Managed Instances: AWS's program for that looks for the function in fixed places and
// hands answers on when they are whole, so this one puts AWS's parts together itself, takes the function from its command line and hands
// every chunk on as it comes. Where AWS_LAMBDA_INITIALIZATION_TYPE is snap-start, the function is restored before its first invocation.
// Otherwise it is AWS's program as it stands.
//
// The module's path lies inside AWS's, because Go lets nobody else use packages named internal.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strconv"

	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/aws-lambda-rie/internal"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/aws-lambda-rie/internal/telemetry"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/interop"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/invoke"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/invoke/timeout"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/model"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/rapid"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/raptor"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/supervisor/local"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/utils"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda/rie"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lmds"
)

func main() {
	_, managed := os.LookupEnv("AWS_LAMBDA_MAX_CONCURRENCY")
	var err error
	switch {
	case managed:
		err = managedInstances()
	case os.Getenv("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
		err = snapStart()
	default:
		rie.Run()
	}
	if err != nil {
		slog.Error("judge", "err", err)
		os.Exit(1)
	}
}

func managedInstances() error {
	options, command, err := internal.ParseCLIArgs(os.Args)
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	internal.ConfigureLogging(options.LogLevel)
	runtimeAPI, err := internal.ParseAddr(options.RuntimeAddress, "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("runtime API: %w", err)
	}
	front, err := internal.ParseAddr(options.RIEAddress, "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("front: %w", err)
	}
	files := utils.NewFileUtil()
	start, appErr := internal.GetInitRequestMessage(files, command)
	if appErr != nil {
		return fmt.Errorf("start: %w", appErr)
	}
	// A zip's function would be looked for in /var/task; an image's is what its command says.
	start.ArtefactType = model.ArtefactTypeOCI

	// AWS's program has room for 10,000 parked polls; here one more than the function was told of is one too many.
	room, err := strconv.Atoi(os.Getenv("AWS_LAMBDA_MAX_CONCURRENCY"))
	if err != nil {
		return fmt.Errorf("concurrency: %w", err)
	}
	relay := telemetry.NewRelay()
	events := telemetry.NewEventsAPI(relay)
	router := invoke.NewInvokeRouter(room, events, timeout.NewRecentCache())
	app, err := raptor.StartApp(rapid.Dependencies{
		EventsAPI:                events,
		LogsEgressAPI:            telemetry.NewLogsEgress(relay, os.Stdout),
		TelemetrySubscriptionAPI: telemetry.NewSubscriptionAPI(relay, events, events),
		// The function runs as whoever runs the judge; AWS's own default is a user of its machines.
		Supervisor:         local.NewProcessSupervisor(local.WithLowerPriorities(false), local.WithProcessCredential(nil)),
		RuntimeAPIAddrPort: runtimeAPI,
		FileUtils:          files,
		InvokeRouter: invoke.NewLongInvokerRouter(router,
			func(_ context.Context, request interop.InvokeRequest, writer http.ResponseWriter) invoke.InvokeResponseSender {
				return &streamed{writer: writer, limit: request.MaxPayloadSize()}
			}),
		MetadataService: lmds.NewService("judge"),
	}, "", "judge", noLog{})
	if err != nil {
		return fmt.Errorf("runtime API: %w", err)
	}
	handler := internal.NewHTTPHandler(app, start)
	server, err := raptor.StartServer(app, handler, &raptor.TCPAddress{AddrPort: front}, false)
	if err != nil {
		return fmt.Errorf("front: %w", err)
	}
	go func() {
		<-app.Done()
		server.Shutdown(app.Err())
	}()
	server.AttachShutdownSignalHandler(make(chan os.Signal, 1))
	if err := handler.Init(); err != nil {
		slog.Warn("the function did not start", "err", err)
	}
	<-server.Done()
	return server.Err()
}
