/**
 * What every command stands in: its options, its way to one environment's tables and parameters, how it ends.
 *
 * <p>Start with {@link network.cortensor.portal.operator.frame.CommonOptions}. A command mixes it in and {@linkplain
 * network.cortensor.portal.operator.frame.CommonOptions#open opens} the environment; one that writes mixes in {@link
 * network.cortensor.portal.operator.frame.EditOptions} beside it. Whatever stops a command is a {@link
 * network.cortensor.portal.operator.frame.CommandStopped}. This package knows no single command.
 */
@NullMarked
package network.cortensor.portal.operator.frame;

import org.jspecify.annotations.NullMarked;
