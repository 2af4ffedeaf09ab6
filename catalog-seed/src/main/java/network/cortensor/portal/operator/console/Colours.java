package network.cortensor.portal.operator.console;

/** Whether styles are shown. */
public enum Colours {
    SHOWN,
    OFF;

    String show(Style style, String text) {
        return switch (this) {
            case SHOWN -> style.around(text);
            case OFF -> text;
        };
    }
}
