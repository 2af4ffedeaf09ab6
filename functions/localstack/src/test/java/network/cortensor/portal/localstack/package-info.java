/**
 * LocalStack in Docker, as a place for the adapters' tests. The classes beside this package are those tests: each inherits all of a class
 * that elsewhere runs on DynamoDB Local and on the emulator of the Parameter Store.
 *
 * <p>Start with {@link network.cortensor.portal.localstack.LocalStack}.
 */
@NullMarked
package network.cortensor.portal.localstack;

import org.jspecify.annotations.NullMarked;
