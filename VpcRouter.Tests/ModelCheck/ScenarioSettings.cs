namespace VpcRouter.Tests.ModelCheck;

/// <summary>How the routers of a scenario are set. Immutable.</summary>
internal sealed record ScenarioSettings(ScenarioPolicy Policy)
{
    public TimeSpan Recheck { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan InitialHealthTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public int Burst { get; init; } = 50;

    public double PerSecond { get; init; } = 5;

    /// <summary>--max-deletes as a number, or <see langword="null"/> for its default.</summary>
    public int? MaxDeletes { get; init; }

    /// <summary>--panic-threshold in per cent.</summary>
    public int? PanicThreshold { get; init; }

    public TimeSpan PanicWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>R18: how many of so many managed routes one plan may delete.</summary>
    public int MostDeletes(int managedRoutes) => MaxDeletes ?? Math.Max(10, managedRoutes / 2);
}
