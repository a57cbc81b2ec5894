using VpcRouter.Cli.Doctor.Checks;

namespace VpcRouter.Cli.Doctor;

/// <summary>Every check, in an order in which the cause comes before what follows from it.</summary>
internal static class Examination
{
    private static readonly ICheck[] Checks =
    [
        new EndpointCheck(),
        new ClockCheck(),
        new MetadataCheck(),
        new CredentialsCheck(),
        new VpcCheck(),
        new PermissionsCheck(),
        new SpecCheck(),
        new HostsCheck(),
        new SourceDestCheck(),
        new RouteTablesCheck(),
        new QuotaCheck(),
        new PathCheck(),
        new IcmpCheck(),
        new ListenCheck(),
        new StateFolderCheck(),
        new JournalCheck(),
    ];

    /// <summary>Runs them one after the other, telling each finding as it comes.</summary>
    public static async Task<IReadOnlyList<(string Check, Finding Finding)>> RunAsync(DoctorFacts facts, Action<string, Finding> tell, CancellationToken cancellationToken)
    {
        var all = new List<(string, Finding)>();
        foreach (var check in Checks)
        {
            foreach (var finding in await FindAsync(check, facts, cancellationToken).ConfigureAwait(false))
            {
                tell(check.Name, finding);
                all.Add((check.Name, finding));
            }
        }

        return all;
    }

    // A check that breaks down must not keep the others from being made.
    private static async Task<IReadOnlyList<Finding>> FindAsync(ICheck check, DoctorFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            return await check.RunAsync(facts, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Warning($"this check broke down: {e.GetType().Name}: {e.Message}", "please report it")];
        }
    }
}
