package network.cortensor.portal.emulated;

/** What a class of tests needs of an emulator. */
public enum Service {
    DYNAMODB,
    SSM
}
