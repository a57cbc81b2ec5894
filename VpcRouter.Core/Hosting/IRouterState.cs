namespace VpcRouter.Hosting;

/// <summary>Gives what the running router knows. Thread-safe.</summary>
public interface IRouterState
{
    /// <summary>The state now. Costs nothing to read.</summary>
    RouterStatus Current { get; }

    /// <summary>The readiness checks now, each with its name and, when it fails, why.</summary>
    IReadOnlyList<ReadinessCheck> Readiness { get; }
}
