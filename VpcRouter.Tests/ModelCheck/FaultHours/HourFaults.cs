namespace VpcRouter.Tests.ModelCheck.FaultHours;

/// <summary>A faults document for each kind of fault that the simulator knows, and one for all of them.</summary>
internal static class HourFaults
{
    private const string Throttling = """
        "throttling": { "limits": [{ "actions": ["CreateRoute", "ReplaceRoute", "DeleteRoute"], "burst": 1, "refillPerSecond": 0.05 }, { "actions": "Describe*", "burst": 2, "refillPerSecond": 0.05 }] }
        """;

    // Beside all the other faults the one above would let no look through in an hour.
    private const string LessThrottling = """
        "throttling": { "limits": [{ "actions": ["CreateRoute", "ReplaceRoute", "DeleteRoute"], "burst": 1, "refillPerSecond": 0.05 }, { "actions": "Describe*", "burst": 6, "refillPerSecond": 0.15 }] }
        """;

    private const string StaleReads = """
        "staleReads": [{ "actions": "DescribeRouteTables", "afterSeconds": 715, "forSeconds": 120, "frozen": true }, { "actions": "Describe*", "probability": 0.5, "seconds": 1, "randomSeconds": 9 }]
        """;

    private const string Latency = """
        "latency": [{ "actions": "*", "probability": 0.3, "seconds": 0.5, "randomSeconds": 6 }]
        """;

    private const string Pages = """
        "pages": [{ "actions": "Describe*", "probability": 0.2, "maxItems": 0 }, { "actions": "Describe*", "maxItems": 2 }]
        """;

    private const string Blackholes = """
        "blackholes": { "instanceId": true, "interfaceId": false }
        """;

    private const string SharedVpc = """
        "sharedVpc": true
        """;

    private const string ServerErrors = """
        { "afterSeconds": 1000, "forSeconds": 150, "code": "ServiceUnavailable" }, { "probability": 0.06, "code": "InternalError" }, { "probability": 0.03, "code": "Unavailable" }
        """;

    private const string TimeOuts = """
        { "probability": 0.03, "answer": "none" }, { "probability": 0.03, "answer": "none", "carriedOut": true }
        """;

    private const string Resets = """
        { "probability": 0.03, "answer": "reset" }, { "probability": 0.03, "answer": "reset", "carriedOut": true }
        """;

    private const string ExpiredCredentials = """
        { "afterSeconds": 450, "forSeconds": 120, "code": "ExpiredToken" }, { "afterSeconds": 2000, "forSeconds": 200, "code": "RequestExpired" }
        """;

    private const string VpcNotFound = """
        { "actions": "Describe*", "afterSeconds": 1450, "forSeconds": 150, "code": "InvalidVpcID.NotFound" }
        """;

    private const string Refusals = """
        { "actions": "CreateRoute", "probability": 0.5, "code": "RouteLimitExceeded" }, { "actions": ["CreateRoute", "ReplaceRoute", "DeleteRoute"], "afterSeconds": 2500, "forSeconds": 200, "code": "UnauthorizedOperation" }
        """;

    private static readonly (string Name, string Text)[] Sections =
        [(nameof(Throttling), Throttling), (nameof(StaleReads), StaleReads), (nameof(Latency), Latency), (nameof(Pages), Pages), (nameof(Blackholes), Blackholes), (nameof(SharedVpc), SharedVpc)];

    private static readonly (string Name, string Text)[] Errors =
        [(nameof(Refusals), Refusals), (nameof(ExpiredCredentials), ExpiredCredentials), (nameof(VpcNotFound), VpcNotFound), (nameof(ServerErrors), ServerErrors), (nameof(TimeOuts), TimeOuts), (nameof(Resets), Resets)];

    public static IEnumerable<(string Name, string Json)> Documents()
    {
        foreach (var (name, text) in Sections)
            yield return (name, Document(text));
        foreach (var (name, text) in Errors)
            yield return (name, Document(ErrorsOf(text)));
        yield return ("None", Document());
        yield return ("AllTogether", Document([LessThrottling, .. Sections.Skip(1).Select(section => section.Text), ErrorsOf([.. Errors.Select(errors => errors.Text)])]));
    }

    private static string Document(params string[] sections) => $"{{ {string.Join(", ", ["\"seed\": 7", .. sections])} }}";

    private static string ErrorsOf(params string[] rules) => $"\"errors\": [{string.Join(", ", rules)}]";
}
