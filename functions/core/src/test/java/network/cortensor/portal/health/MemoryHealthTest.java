package network.cortensor.portal.health;

class MemoryHealthTest extends HealthStoreContract {
    @Override
    protected HealthStore store() {
        return new MemoryHealth();
    }
}
