using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>Everything that the router asks of EC2 is permitted, found out by dry runs.</summary>
internal sealed class PermissionsCheck : ICheck
{
    // Dry runs take tokens from the buckets that a running router lives on: a burst of 50 for each write.
    private const int MostTables = 10;

    public string Name => "permissions";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        if (!facts.HasCredentials)
            return [Finding.NotApplicable("the credentials are no good")];
        var answers = new List<VpcPermission>();
        foreach (var action in Enum.GetValues<Ec2Action>().Where(action => action < Ec2Action.CreateRoute))
            answers.Add(await facts.Inspector.AskAsync(action, null, null, cancellationToken).ConfigureAwait(false));
        var tables = TablesOf(facts);
        foreach (var table in tables.Take(MostTables))
        {
            foreach (var action in Enum.GetValues<Ec2Action>().Where(action => action >= Ec2Action.CreateRoute))
                answers.Add(await facts.Inspector.AskAsync(action, table, InterfaceOf(facts), cancellationToken).ConfigureAwait(false));
        }

        return [.. Report(answers, tables)];
    }

    private static IEnumerable<Finding> Report(List<VpcPermission> answers, IReadOnlyList<string> tables)
    {
        foreach (var denied in answers.Where(answer => answer.IsAllowed == false).GroupBy(answer => answer.Action))
            yield return Finding.Failed($"ec2:{denied.Key} is not permitted{In(denied)}", "grant what vpcrouter iam-policy prints");
        foreach (var unknown in answers.Where(answer => answer.IsAllowed is null).GroupBy(answer => (answer.Action, answer.Code)))
            yield return Finding.Warning($"whether ec2:{unknown.Key.Action} is permitted{In(unknown)} couldn't be found out: {unknown.Key.Code}: {unknown.First().Message}", "run doctor again");
        var allowed = answers.Where(answer => answer.IsAllowed == true).Select(answer => answer.Action).Distinct()
            .Where(action => answers.TrueForAll(answer => answer.Action != action || answer.IsAllowed == true)).ToList();
        if (allowed.Count > 0)
            yield return Finding.Ok($"{string.Join(", ", allowed)} are permitted{(tables.Count > MostTables ? $" ({MostTables} of {tables.Count} managed tables asked)" : "")}");
        if (tables.Count == 0)
            yield return Finding.NotApplicable("there is no route table to ask about writes for");
    }

    private static string In(IEnumerable<VpcPermission> answers) =>
        string.Join(", ", answers.Select(answer => answer.RouteTableId).OfType<string>()) is { Length: > 0 } tables ? $" in {tables}" : "";

    // Without a spec nobody knows which tables will be managed; one then stands for all.
    private static IReadOnlyList<string> TablesOf(DoctorFacts facts) =>
        ManagedTables.Of(facts) is { Length: > 0 } managed ? [.. managed.Select(table => table.Id)]
        : facts.Snapshot.Value?.RouteTables.FirstOrDefault(table => !table.IsEdge) is { } any ? [any.Id]
        : [];

    private static string? InterfaceOf(DoctorFacts facts)
    {
        if (facts.Snapshot.Value is not { } snapshot)
            return null;
        var ofHosts = (facts.Spec.Value ?? RouteSpec.Empty).Hosts.Select(snapshot.InterfaceOf).OfType<NetworkInterface>();
        return ofHosts.Concat(snapshot.NetworkInterfaces).FirstOrDefault()?.Id;
    }
}
