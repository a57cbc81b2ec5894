using VpcRouter.Simulator.Endpoint.Actions;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>The actions that the simulator knows.</summary>
internal sealed class ActionCatalog
{
    private readonly Dictionary<string, IEc2Action> _actions;

    public ActionCatalog(SimulatedVpc vpc)
    {
        IEc2Action[] actions =
        [
            new DescribeVpcs(vpc),
            new DescribeSubnets(vpc),
            new DescribeAvailabilityZones(vpc),
            new DescribeRouteTables(vpc),
            new DescribeNetworkInterfaces(vpc),
            new DescribeInstances(vpc),
            new DescribeInstanceStatus(vpc),
            new DescribeManagedPrefixLists(vpc),
            new GetManagedPrefixListEntries(vpc),
            new CreateRoute(vpc),
            new ReplaceRoute(vpc),
            new DeleteRoute(vpc),
            new ModifyNetworkInterfaceAttribute(vpc),
            new ChangeInstances(vpc, "StartInstances", InstanceRules.Start),
            new ChangeInstances(vpc, "StopInstances", InstanceRules.Stop),
            new ChangeInstances(vpc, "TerminateInstances", InstanceRules.Terminate),
        ];
        _actions = actions.ToDictionary(a => a.Name, StringComparer.Ordinal);
    }

    public IEc2Action Require(string name) => _actions.TryGetValue(name, out var action)
        ? action
        : throw (name.Length == 0
            ? new Ec2Exception("MissingAction", "The request is missing an action")
            : new Ec2Exception("InvalidAction", $"The action {name} is not valid for this web service."));
}
