using Amazon;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Iam;

/// <summary>The IAM policy that permits what the router calls, and nothing else.</summary>
internal static class LeastPolicy
{
    private const string Version = "2012-10-17";
    private const string Usual = "aws";

    /// <summary>Makes it.</summary>
    /// <param name="region">the region; <see langword="null"/> for any of the usual partition.</param>
    /// <param name="account">The account; <see langword="null"/> for any.</param>
    /// <param name="vpcId">Only route tables of this VPC may be written to; <see langword="null"/> for any.</param>
    /// <param name="tag">Only route tables with this tag may be written to; <see langword="null"/> for any.</param>
    public static object Of(string? region, string? account, string? vpcId, (string Key, string Value)? tag)
    {
        var arn = $"arn:{PartitionOf(region)}:ec2:{region ?? "*"}:{account ?? "*"}:";
        var conditions = new SortedDictionary<string, object>(StringComparer.Ordinal);
        if (vpcId is not null)
            conditions[region is null || account is null ? "ArnLike" : "ArnEquals"] = Pair("ec2:Vpc", $"{arn}vpc/{vpcId}");
        if (tag is { } wanted)
            conditions["StringEquals"] = Pair($"aws:ResourceTag/{wanted.Key}", wanted.Value);
        return new Dictionary<string, object>
        {
            ["Version"] = Version,
            ["Statement"] = new object[]
            {
                // EC2 lets no Describe action be limited to resources.
                new Dictionary<string, object> { ["Sid"] = "See", ["Effect"] = "Allow", ["Action"] = Names(action => action < Ec2Action.CreateRoute), ["Resource"] = "*" },
                new Dictionary<string, object>
                {
                    ["Sid"] = "Route",
                    ["Effect"] = "Allow",
                    ["Action"] = Names(action => action >= Ec2Action.CreateRoute),
                    ["Resource"] = arn + "route-table/*",
                    ["Condition"] = conditions,
                },
            },
        };
    }

    private static Dictionary<string, string> Pair(string key, string value) => new() { [key] = value };

    private static IEnumerable<string> Names(Func<Ec2Action, bool> which) => Enum.GetValues<Ec2Action>().Where(which).Select(action => "ec2:" + action);

    private static string PartitionOf(string? region) => region is null ? Usual : RegionEndpoint.GetBySystemName(region).PartitionName;
}
