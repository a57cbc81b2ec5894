namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>Which route tables would be managed, and whether some of them are special.</summary>
internal sealed class RouteTablesCheck : ICheck
{
    public string Name => "route tables";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. Judge(facts)]);

    private static IEnumerable<Finding> Judge(DoctorFacts facts)
    {
        if (facts.Spec.Value is not { } spec || facts.Snapshot.Value is not { } snapshot)
        {
            yield return Finding.NotApplicable("there is no route spec, or no look at the VPC, to compare");
            yield break;
        }

        var managed = ManagedTables.Of(facts);
        if (managed.IsEmpty && !spec.IsEmpty)
            yield return Finding.Failed($"none of {snapshot.VpcId} serves a subnet with a host of the spec, so none is managed", "check the spec's hosts and the VPC");
        if (!managed.IsEmpty)
            yield return Finding.Ok($"{string.Join(", ", managed.Select(table => table.Id))} would be managed: each serves a subnet with a host of the spec");
        foreach (var main in managed.Where(table => table.IsMain))
        {
            yield return Finding.Warning(
                $"{main.Id} is the VPC's main table: its routes count for every subnet without a table of its own, now {string.Join(", ", main.SubnetIds)}, and for those made later",
                "give the subnets that shouldn't follow a table of their own; if all should, all is well");
        }

        var edges = snapshot.RouteTables.Where(table => table.IsEdge).Select(table => table.Id).ToList();
        if (edges.Count > 0)
            yield return Finding.Ok($"{string.Join(", ", edges)} belong to gateways (edge tables) and are left alone");
        foreach (var entry in spec.Entries)
        {
            foreach (var table in entry.RouteTables.Where(named => managed.All(table => table.Id != named)))
            {
                var what = edges.Contains(table) ? "is an edge table" : snapshot.RouteTables.All(known => known.Id != table) ? "doesn't exist in the VPC" : "serves no subnet with a host of the spec";
                yield return Finding.Warning($"{entry.Destination} is wanted in {table}, which {what}, so no route is written there", "take it out of the entry's route_tables");
            }
        }
    }
}
