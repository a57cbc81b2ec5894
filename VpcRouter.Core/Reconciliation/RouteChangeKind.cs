namespace VpcRouter.Reconciliation;

/// <summary>Why a route is written. The order is the order of urgency in which changes are carried out.</summary>
public enum RouteChangeKind
{
    /// <summary>The route leads to a router that doesn't forward: it is pointed at another.</summary>
    Failover,

    /// <summary>The route is missing and is created.</summary>
    Create,

    /// <summary>The route works, but points elsewhere than it should: it is brought in line.</summary>
    Repair,

    /// <summary>The route isn't in the spec any more and is deleted.</summary>
    Delete,
}
