namespace VpcRouter.Reconciliation;

/// <summary>What is the matter with a route that is pointed elsewhere.</summary>
internal enum ChangeCause
{
    RouterFailed,
    LostBlackhole,
    Blackhole,
    RouterUnusable,
    RouterQuestionable,
    InterfaceGone,
    NotEligible,
    DiffersFromOtherTables,
    Failback,
    HostIsBack,
    AnotherFallback,
}
