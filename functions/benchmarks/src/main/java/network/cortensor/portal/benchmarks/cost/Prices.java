package network.cortensor.portal.benchmarks.cost;

/**
 * AWS's public list prices in us-east-1, in US dollars, as of November 2026 and without any free tier. Sources: the pricing pages of
 * Lambda, API Gateway, DynamoDB, CloudWatch, EventBridge and EC2 (data transfer) below {@code aws.amazon.com}.
 */
final class Prices {
    static final double MILLION = 1e6;

    /** Arm, the first 7.5 billion of a month. */
    static final double LAMBDA_GB_SECOND = 0.000_013_333_4;

    static final double LAMBDA_REQUEST = 0.20 / MILLION;

    /** REST, the first 333 million of a month, for each request and each begun 10 MB of a streamed answer. */
    static final double API_GATEWAY_REQUEST = 3.50 / MILLION;

    /** On demand: one item of up to 1 KB. */
    static final double DYNAMO_WRITE_UNIT = 0.625 / MILLION;

    /** On demand: 4 KB read consistently, or 8 KB otherwise. */
    static final double DYNAMO_READ_UNIT = 0.125 / MILLION;

    static final double DYNAMO_STORED_GB = 0.25;

    static final double LOGS_GB = 0.50;

    /** To the internet, the first 10 TB of a month. */
    static final double TRANSFER_GB = 0.09;

    static final double METRIC = 0.30;
    static final double ALARM = 0.10;
    static final double DASHBOARD = 3;
    static final double SCHEDULED_CALL = 1.00 / MILLION;

    /** An m7g.large on demand: 2 cores, 8 GiB. */
    static final double MACHINE_HOUR = 0.0816;

    /** Of a machine's price on demand, for Managed Instances. */
    static final double MANAGEMENT_FEE = 0.15;

    static final double NAT_HOUR = 0.045;
    static final double NAT_GB = 0.045;

    private Prices() {}
}
