package network.cortensor.portal.infra.functions;

import network.cortensor.portal.infra.data.Tables;
import network.cortensor.portal.infra.environment.Environment;

/** What every function is made from. */
public record Means(Environment environment, Tables tables, Packages packages) {}
