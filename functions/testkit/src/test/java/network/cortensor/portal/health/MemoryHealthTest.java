package network.cortensor.portal.health;

import network.cortensor.portal.testkit.health.MemoryHealth;

class MemoryHealthTest extends HealthStoreContract {
    @Override
    protected HealthStore store() {
        return new MemoryHealth();
    }
}
