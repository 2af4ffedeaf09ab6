package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/interop"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/invoke"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/rapid/model"
	"github.com/aws/aws-lambda-runtime-interface-emulator/internal/lambda-managed-instances/servicelogs"
)

// streamed hands a function's answer on as it comes, up to the limit that AWS's emulator has for answers. An answer that breaks off, or goes
// beyond it, ends in a connection that is cut.
type streamed struct {
	writer http.ResponseWriter
	limit  int64
	begun  bool
}

func (s *streamed) SendRuntimeResponseHeaders(_ interop.InitStaticDataProvider, contentType, responseMode string) {
	if contentType != "" {
		s.writer.Header().Set("Content-Type", contentType)
		s.writer.Header().Set("Lambda-Runtime-Function-Response-Mode", responseMode)
	}
}

func (s *streamed) SendRuntimeResponseBody(ctx context.Context, response invoke.RuntimeResponseRequest, _ time.Duration) invoke.SendResponseBodyResult {
	defer context.AfterFunc(ctx, response.Cancel)()
	s.begun = true
	flush := http.NewResponseController(s.writer).Flush
	buffer := make([]byte, 64*1024)
	for left := s.limit; ; {
		count, err := response.BodyReader().Read(buffer)
		if left -= int64(count); left < 0 {
			return invoke.SendResponseBodyResult{Err: model.NewCustomerError(model.ErrorFunctionOversizedResponse)}
		}
		if count > 0 {
			if _, writeErr := s.writer.Write(buffer[:count]); writeErr == nil {
				// A caller who has gone away stops nothing.
				_ = flush()
			}
		}
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			return invoke.SendResponseBodyResult{}
		case ctx.Err() != nil:
			return invoke.SendResponseBodyResult{Err: model.NewCustomerError(model.ErrorSandboxTimedout, model.WithCause(ctx.Err()))}
		default:
			return invoke.SendResponseBodyResult{Err: model.NewCustomerError(model.ErrorRuntimeTruncatedResponse, model.WithCause(err))}
		}
	}
}

func (s *streamed) SendRuntimeResponseTrailers(invoke.RuntimeResponseRequest) {}

func (s *streamed) SendError(err invoke.ErrorForInvoker, _ interop.InitStaticDataProvider) {
	s.SendErrorTrailers(err, "")
}

func (s *streamed) SendErrorTrailers(err invoke.ErrorForInvoker, _ invoke.InvokeBodyResponseStatus) {
	if !s.begun {
		s.writer.Header().Set("Error-Type", err.ErrorType().String())
		s.writer.WriteHeader(err.ReturnCode())
		_, _ = s.writer.Write([]byte(err.ErrorDetails()))
		return
	}
	if connection, _, hijackErr := http.NewResponseController(s.writer).Hijack(); hijackErr == nil {
		_ = connection.Close()
	}
}

func (s *streamed) ErrorPayloadSizeBytes() int { return 0 }

// noLog is for what AWS's service tells itself.
type noLog struct{}

func (noLog) Log(servicelogs.Operation, time.Time, []servicelogs.Property, []servicelogs.Dimension, []servicelogs.Metric) {
}

func (noLog) SetInitData(interop.InitStaticDataProvider) {}

func (noLog) Close() error { return nil }
