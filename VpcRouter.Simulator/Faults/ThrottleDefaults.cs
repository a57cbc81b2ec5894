namespace VpcRouter.Simulator.Faults;

/// <summary>
/// EC2's own limits, from "Request throttling for the Amazon EC2 API" in Amazon's API reference. That page leaves open how calls
/// with explicit ids count; here they count as filtered.
/// </summary>
internal static class ThrottleDefaults
{
    public const string Path = "$.throttling";

    public static IReadOnlyList<ThrottleLimit> Limits { get; } =
    [
        new(Path, new ActionPattern(["DescribeInstances", "DescribeInstanceStatus", "DescribeNetworkInterfaces"]), true, 50, 10),
        new(Path, new ActionPattern(["Describe*", "Get*"]), false, 100, 20),
        new(Path, ActionPattern.All, false, 50, 5),
    ];
}
