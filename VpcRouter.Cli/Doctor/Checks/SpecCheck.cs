namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>There is a route spec and it can be read.</summary>
internal sealed class SpecCheck : ICheck
{
    public string Name => "route spec";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        Finding finding = facts.Spec switch
        {
            { IsKnown: true, Value: { IsEmpty: true } } => Finding.Warning("it is empty: every managed route would be deleted", "name destinations, or take --allow-empty-spec away"),
            { IsKnown: true, Value: var spec } => Finding.Ok($"{spec.Entries.Length} destinations, {spec.Hosts.Count} hosts"),
            { Error: { } error } => Finding.Failed($"there is none: {error.Message}", "mend what the lines above say"),
            _ => Finding.NotApplicable(facts.Settings.General.Mode is null ? "no watcher is chosen; with -m configfile or -m fixedconf its hosts and tables are checked too" : "it comes by HTTP; with -m configfile its hosts and tables are checked too"),
        };
        return Task.FromResult<IReadOnlyList<Finding>>([finding]);
    }
}
