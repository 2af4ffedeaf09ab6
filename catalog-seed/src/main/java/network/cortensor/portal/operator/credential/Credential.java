package network.cortensor.portal.operator.credential;

import picocli.CommandLine.Command;

/** {@code portalctl credential}, which does nothing by itself. */
@Command(
        name = "credential",
        description = "Routers' keys in the Parameter Store.",
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl credential put router.example:5010 -e prod"},
        synopsisSubcommandLabel = "COMMAND")
public final class Credential {}
