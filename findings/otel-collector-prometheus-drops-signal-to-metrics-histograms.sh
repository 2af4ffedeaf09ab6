#!/usr/bin/env bash
# In one OpenTelemetry collector (contrib) the connector signal_to_metrics makes histograms of log lines, and the exporter prometheus offers metrics to be scraped.
# Put together, which both accept, the scraped histogram counts the first log line and no other: the connector's values are deltas that each begin where the clock
# stands, the exporter wants each to begin where the last one ended, and drops them with a warning "Misaligned starting timestamps". The processor
# delta_to_cumulative between them helps.
#
# Seen with Go 1.26 on 2026-11-30. Exits 0 while this is so, 1 if it has changed, 2 where it cannot be told.
set -euo pipefail

contrib=github.com/open-telemetry/opentelemetry-collector-contrib
version=v0.161.0

command -v go >/dev/null || { echo "needs Go"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GOPATH="$folder/go" GOFLAGS="-modcacherw -mod=mod" GOTOOLCHAIN=local
mkdir "$folder/program"
cd "$folder/program"

cat >go.mod <<'MODULE'
module example.com/finding
go 1.25
MODULE
cat >main.go <<'PROGRAM'
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/connector/signaltometricsconnector"
	"github.com/open-telemetry/opentelemetry-collector-contrib/exporter/prometheusexporter"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/deltatocumulativeprocessor"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/processor"
)

const lines = 3

func check[T any](value T, err error) T {
	if err != nil {
		fmt.Println("cannot be told:", err)
		os.Exit(2)
	}
	return value
}

func start(it component.Component) {
	check(0, it.Start(context.Background(), componenttest.NewNopHost()))
}

// How many of the log lines a scrape counts.
func scraped(between bool) string {
	free := check(net.Listen("tcp", "127.0.0.1:0"))
	address := free.Addr().String()
	free.Close()
	telemetry := componenttest.NewNopTelemetrySettings()

	prometheus := prometheusexporter.NewFactory()
	offered := prometheus.CreateDefaultConfig()
	check(0, confmap.NewFromStringMap(map[string]any{"endpoint": address}).Unmarshal(offered))
	exporting := check(prometheus.CreateMetrics(context.Background(),
		exporter.Settings{ID: component.NewID(prometheus.Type()), TelemetrySettings: telemetry}, offered))
	start(exporting)
	var next consumer.Metrics = exporting

	if between {
		cumulative := deltatocumulativeprocessor.NewFactory()
		summing := check(cumulative.CreateMetrics(context.Background(),
			processor.Settings{ID: component.NewID(cumulative.Type()), TelemetrySettings: telemetry}, cumulative.CreateDefaultConfig(), next))
		start(summing)
		next = summing
	}

	metrics := signaltometricsconnector.NewFactory()
	wanted := metrics.CreateDefaultConfig()
	check(0, confmap.NewFromStringMap(map[string]any{"logs": []any{map[string]any{
		"name": "seconds", "histogram": map[string]any{"value": `attributes["took"]`}}}}).Unmarshal(wanted))
	connecting := check(metrics.CreateLogsToMetrics(context.Background(),
		connector.Settings{ID: component.NewID(metrics.Type()), TelemetrySettings: telemetry}, wanted, next))
	start(connecting)

	for range lines {
		logs := plog.NewLogs()
		logs.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty().Attributes().PutDouble("took", 0.5)
		check(0, connecting.ConsumeLogs(context.Background(), logs))
		time.Sleep(10 * time.Millisecond)
	}
	answer := check(http.Get("http://" + address + "/metrics"))
	text := string(check(io.ReadAll(answer.Body)))
	return regexp.MustCompile(`seconds_count\{[^}]*\} (\d+)`).FindStringSubmatch(text + "seconds_count{} 0")[1]
}

func main() {
	alone, helped := scraped(false), scraped(true)
	fmt.Printf("of %d log lines a scrape counts: %s, and with delta_to_cumulative between: %s\n", lines, alone, helped)
	if alone != "1" || helped != fmt.Sprint(lines) {
		os.Exit(1)
	}
}
PROGRAM

echo "collector contrib $version"
{
  go get "$contrib/connector/signaltometricsconnector@$version" "$contrib/exporter/prometheusexporter@$version" \
    "$contrib/processor/deltatocumulativeprocessor@$version" && go mod tidy && go build -o finding .
} >build.log 2>&1 || { tail -5 build.log; echo "cannot be built"; exit 2; }
./finding
