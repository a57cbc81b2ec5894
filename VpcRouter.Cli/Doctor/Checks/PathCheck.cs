using System.Net;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The way from here to EC2 doesn't run through a route that the router manages: when that one's host dies, nothing could move it any more.</summary>
internal sealed class PathCheck : ICheck
{
    public string Name => "path to EC2";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = facts.Snapshot.Value is not { } snapshot ? [Finding.NotApplicable("there is no look at the VPC")]
            : facts.Spec.Value is not { } spec ? [Finding.NotApplicable("there is no route spec to compare with")]
            : facts.Endpoint.Addresses.IsEmpty ? [Finding.NotApplicable("the endpoint's addresses aren't known")]
            : [.. Judge(snapshot, spec, facts.Policy, OwnAddresses(), facts.Endpoint.Addresses)];
        return Task.FromResult(findings);
    }

    internal static IEnumerable<Finding> Judge(VpcSnapshot snapshot, RouteSpec spec, RoutePolicy policy, IEnumerable<IPAddress> own, IReadOnlyCollection<IPAddress> endpoint)
    {
        if (own.Select(snapshot.InterfaceOf).OfType<Vpc.NetworkInterface>().FirstOrDefault() is not { } here)
        {
            yield return Finding.NotApplicable($"this machine has no address of a network interface in {snapshot.VpcId}; run doctor where the router will run");
            yield break;
        }

        if (snapshot.RouteTables.FirstOrDefault(table => table.SubnetIds.Contains(here.SubnetId)) is not { } table)
        {
            yield return Finding.Warning($"no route table serves {here.SubnetId}, where this machine is", "run doctor again");
            yield break;
        }

        var isManaged = ServesAHost(table, spec, snapshot);
        var risky = endpoint.Select(address => (Address: address, Route: BestRoute(address, table, spec, policy, isManaged)))
            .Where(path => path.Route is { IsManaged: true }).ToList();
        foreach (var (address, route) in risky)
        {
            yield return Finding.Failed(
                $"EC2 at {address} is reached through {route!.Value.Destination} in {table.Id}, a route that VpcRouter manages: when its router dies, EC2 can't be told to move it",
                "make an interface VPC endpoint for EC2 with private DNS in this VPC, or run VpcRouter in a subnet whose table doesn't serve the spec's hosts");
        }

        if (risky.Count == 0)
            yield return Finding.Ok($"from {here.Id} in {here.SubnetId} it runs through no route that VpcRouter manages ({table.Id})");
    }

    private static bool ServesAHost(RouteTable table, RouteSpec spec, VpcSnapshot snapshot) =>
        !table.IsEdge && spec.Hosts.Any(host => snapshot.InterfaceOf(host) is { } on && table.SubnetIds.Contains(on.SubnetId));

    // The most specific destination wins, among those that are there and those that the spec is about to add. An interface endpoint's
    // addresses lie in the VPC, where the local route leads.
    private static (RouteDestination Destination, bool IsManaged)? BestRoute(IPAddress address, RouteTable table, RouteSpec spec, RoutePolicy policy, bool isManaged)
    {
        var ofSpec = spec.Entries
            .Where(entry => isManaged && policy.Allows(entry.Destination, isInSpec: true) && (entry.RouteTables.IsEmpty || entry.RouteTables.Contains(table.Id)))
            .Select(entry => (entry.Destination, IsManaged: true));
        var foreign = table.Routes.Where(route => !route.IsCreated || !spec.TryGetEntry(route.Destination, out _)).Select(route => (route.Destination, IsManaged: false));
        return foreign.Concat(ofSpec)
            .Where(route => route.Destination.Contains(RouteDestination.OfAddress(address)))
            .OrderByDescending(route => route.Destination.Network!.Value.PrefixLength)
            .Select(route => ((RouteDestination, bool)?)route)
            .FirstOrDefault();
    }

    private static IEnumerable<IPAddress> OwnAddresses() =>
        System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses.Select(address => address.Address));
}
