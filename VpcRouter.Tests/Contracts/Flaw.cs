namespace VpcRouter.Tests.Contracts;

/// <summary>What a plugin made for these tests does wrong.</summary>
public enum Flaw
{
    None,
    SaysNothing,
    FailsLater,
    ReturnsEarly,
    IgnoresCancellation,
    IgnoresCancellationBefore,
    FailsWhenStopped,
    WritesLate,
    DisposesOnce,
    DisposesOnlyWhenRun,
    ForgetsHalfAfterRestart,
    IsDeadAfterRestart,
    IsDeadBesideAnother,
    StopsAnother,
    SharesHosts,
    SaysDeltas,
    NamesStrangers,
    KeepsRemovedHosts,
    FailsOnEmptyList,
    FailsOnEmptyListAtFirst,
}
