namespace VpcRouter.Testing;

/// <summary>What the check of a watcher's contract can't know by itself. Immutable.</summary>
public sealed record WatcherContractOptions : ContractOptions
{
    /// <summary>Makes the watcher deliver its spec, where it doesn't do so by itself: called after each start, and the spec must be the same each time. Default: nothing.</summary>
    public Func<WatcherRun, Task> Prompt { get; init; } = _ => Task.CompletedTask;
}
