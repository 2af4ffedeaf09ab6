package network.cortensor.portal.testkit.lambda;

import java.io.IOException;
import java.io.OutputStream;
import network.cortensor.portal.testkit.wire.Exchange;
import network.cortensor.portal.testkit.wire.Headers;

/** The one who called and may have gone away: from then on, what is written is dropped. */
final class Customer {
    private OutputStream answer;

    private Customer(OutputStream answer) {
        this.answer = answer;
    }

    static Customer begin(Exchange exchange, int status, Headers headers) {
        try {
            return new Customer(exchange.stream(status, headers));
        } catch (IOException e) {
            return new Customer(OutputStream.nullOutputStream());
        }
    }

    void write(byte[] bytes, int length) {
        try {
            answer.write(bytes, 0, length);
        } catch (IOException e) {
            answer = OutputStream.nullOutputStream();
        }
    }

    void end() {
        try {
            answer.close();
        } catch (IOException e) {
            answer = OutputStream.nullOutputStream();
        }
    }
}
