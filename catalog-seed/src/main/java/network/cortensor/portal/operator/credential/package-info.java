/**
 * Routers' keys: {@code portalctl credential}. A key goes from the terminal or standard input into the Parameter Store, and nowhere else.
 *
 * <p>Start with {@link network.cortensor.portal.operator.credential.CredentialPut}.
 */
@NullMarked
package network.cortensor.portal.operator.credential;

import org.jspecify.annotations.NullMarked;
