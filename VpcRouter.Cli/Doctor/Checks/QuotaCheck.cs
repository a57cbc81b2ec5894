using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The managed tables take the spec's routes. EC2 counts each address family by itself, and a prefix list with its maximum entries.</summary>
internal sealed class QuotaCheck : ICheck
{
    private const double Comfortable = 0.9;

    public string Name => "route quota";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        if (ManagedTables.PlanOf(facts) is not { } plan || plan.ManagedRouteTableIds.IsEmpty)
            return [Finding.NotApplicable("no route table would be managed")];
        var wanted = plan.Changes.Where(change => change.From is null).ToLookup(change => change.RouteTableId, change => change.Destination);
        var tables = ManagedTables.Of(facts).Select(table => (table.Id, Destinations: DestinationsIn(table).Concat(wanted[table.Id]).ToList())).ToList();
        var lists = tables.SelectMany(table => table.Destinations).Select(destination => destination.PrefixListId).OfType<string>().ToHashSet();
        IReadOnlyDictionary<string, int> sizes = new Dictionary<string, int>();
        var findings = new List<Finding>();
        try
        {
            if (lists.Count > 0)
                sizes = await facts.Inspector.GetPrefixListSizesAsync(lists, cancellationToken).ConfigureAwait(false);
        }
        catch (VpcApiException e)
        {
            findings.Add(Finding.Warning($"how many entries {string.Join(", ", lists)} may have can't be seen, and each is counted as one route: {e.Code}: {e.Message}", "grant what vpcrouter iam-policy prints"));
        }

        findings.AddRange(tables.Select(table => Judge(table.Id, table.Destinations, sizes, facts.RouteQuota)).OfType<Finding>());
        if (findings.Count == 0)
            findings.Add(Finding.Ok($"each managed table has room: the fullest will hold {tables.Max(table => Fullest(table.Destinations, sizes))} of {facts.RouteQuota} routes"));
        return findings;
    }

    internal static Finding? Judge(string tableId, IReadOnlyCollection<RouteDestination> destinations, IReadOnlyDictionary<string, int> sizes, int quota)
    {
        var count = Fullest(destinations, sizes);
        var text = $"{tableId} will hold {count} routes of one address family (prefix lists with their maximum entries) while the quota is {quota}";
        return count > quota ? Finding.Failed(text, "request a higher quota (L-93826ACB, at most 1000) and give it as --route-quota, or put CIDRs into prefix lists that are no larger than they must be")
            : count > quota * Comfortable ? Finding.Warning(text, "request a higher quota (L-93826ACB) before it is full")
            : null;
    }

    // Deletions go last, so until then the old routes and the new ones must fit in together.
    private static IEnumerable<RouteDestination> DestinationsIn(RouteTable table) => table.Routes.Where(route => route.IsCreated).Select(route => route.Destination);

    private static int Fullest(IEnumerable<RouteDestination> destinations, IReadOnlyDictionary<string, int> sizes)
    {
        var (ipv4, ipv6, lists) = (0, 0, 0);
        foreach (var destination in destinations)
        {
            if (destination.PrefixListId is { } list)
                lists += sizes.GetValueOrDefault(list, 1);
            else if (destination.IsIPv6)
                ipv6++;
            else
                ipv4++;
        }

        // A list's family isn't known here; it is reckoned to the fuller side.
        return Math.Max(ipv4, ipv6) + lists;
    }
}
