namespace VpcRouter.Hosting;

/// <summary>Gives what the running router knows. Thread-safe.</summary>
public interface IRouterState
{
    /// <summary>The state now. Costs nothing to read.</summary>
    RouterStatus Current { get; }

    /// <summary>Waits until the state meets a condition.</summary>
    /// <param name="condition">Asked of the state now and after each change; must be quick.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first state that met it.</returns>
    Task<RouterStatus> WaitForAsync(Func<RouterStatus, bool> condition, CancellationToken cancellationToken);

    /// <summary>The readiness checks now, each with its name and, when it fails, why.</summary>
    IReadOnlyList<ReadinessCheck> Readiness { get; }

    /// <summary>Whether the main loop turns. When it doesn't, nothing but a restart helps.</summary>
    ReadinessCheck Liveness { get; }
}
