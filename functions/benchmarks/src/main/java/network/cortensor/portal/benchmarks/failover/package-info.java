/**
 * The product put through the sixteen faults of a public benchmark of failover, Failover Bench (methodology v0.1 of failoverbench/failoverbench, read on
 * 2026-11-29). A provider that breaks on purpose, a runner and a reference client are written anew here after its methodology, its catalogue and its runner.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.failover.FailoverMain}. The verdicts are that benchmark's: <em>pass</em>, <em>partial</em> (an answer,
 * but something that it only advises was not done), <em>safe</em> (no answer, but one clear error in time) and <em>fail</em>.
 */
@NullMarked
package network.cortensor.portal.benchmarks.failover;

import org.jspecify.annotations.NullMarked;
