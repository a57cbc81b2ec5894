namespace VpcRouter.Reconciliation;

/// <summary>Why a host is the router of a destination.</summary>
internal enum DecidingRule
{
    /// <summary>None is: no host is usable.</summary>
    NoUsableHost,

    /// <summary>It is the router already, and among the best: routers are sticky.</summary>
    Sticky,

    /// <summary>The entry's selection chose it.</summary>
    Selected,

    /// <summary>The entry's failback: it is preferred to the router, and has been healthy long enough.</summary>
    Failback,
}
