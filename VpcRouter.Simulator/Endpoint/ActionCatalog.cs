using VpcRouter.Simulator.Endpoint.Actions;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>The actions that the simulator knows.</summary>
internal static class ActionCatalog
{
    private static readonly Dictionary<string, IEc2Action> Actions = new IEc2Action[]
        {
            new DescribeVpcs(),
            new DescribeSubnets(),
            new DescribeAvailabilityZones(),
            new DescribeRouteTables(),
            new DescribeNetworkInterfaces(),
            new DescribeInstances(),
            new DescribeInstanceStatus(),
            new DescribeManagedPrefixLists(),
            new GetManagedPrefixListEntries(),
            new CreateRoute(),
            new ReplaceRoute(),
            new DeleteRoute(),
            new ModifyNetworkInterfaceAttribute(),
            new ChangeInstances("StartInstances", InstanceRules.Start),
            new ChangeInstances("StopInstances", InstanceRules.Stop),
            new ChangeInstances("TerminateInstances", InstanceRules.Terminate),
        }.ToDictionary(a => a.Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => Actions.Keys;

    /// <summary>Whether it is the name of an action that changes nothing.</summary>
    public static bool IsRead(string name) =>
        name.StartsWith("Describe", StringComparison.Ordinal) || name.StartsWith("Get", StringComparison.Ordinal);

    public static IEc2Action Require(string name) => Actions.TryGetValue(name, out var action)
        ? action
        : throw (name.Length == 0
            ? new Ec2Exception("MissingAction", "The request is missing an action")
            : new Ec2Exception("InvalidAction", $"The action {name} is not valid for this web service."));
}
