package network.cortensor.portal.api.page;

import network.cortensor.portal.activity.Figures;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.routing.Availability;

/**
 * A model that customers may call, and how available it is just now.
 *
 * @param activity how it has been served lately
 */
public record OfferedModel(ModelAlias alias, Availability availability, Capabilities capabilities, Figures activity) {}
