using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>One change of a plan: what to write where, and why. Immutable.</summary>
/// <param name="Kind">Why, as a class.</param>
/// <param name="RouteTableId">The route table.</param>
/// <param name="Destination">The route.</param>
/// <param name="From">Where it points now; <see langword="null"/> when it is missing.</param>
/// <param name="To">Where it will point; <see langword="null"/> when it is deleted.</param>
/// <param name="Reason">Why, in words that an operator understands.</param>
public sealed record RouteChange(RouteChangeKind Kind, string RouteTableId, RouteDestination Destination, RouteTarget? From, RouteTarget? To, string Reason)
{
    /// <summary>The host that was the router, where the spec or the interface says so.</summary>
    public IPAddress? OldRouter { get; init; }

    /// <summary>The host that becomes the router; <see langword="null"/> for a fallback target or a deletion.</summary>
    public IPAddress? NewRouter { get; init; }

    /// <summary>When the verdict on a host fell that this change follows from; <see langword="null"/> when no host's health is the cause.</summary>
    public DateTimeOffset? VerdictAt { get; init; }

    /// <summary>The change as a sentence for logs and terminals.</summary>
    public override string ToString() => Kind switch
    {
        RouteChangeKind.Create => $"create {Destination} in {RouteTableId} to {Show(To, NewRouter)}: {Reason}",
        RouteChangeKind.Delete => $"delete {Destination} in {RouteTableId}, which points at {Show(From, OldRouter)}: {Reason}",
        _ => $"{(Kind == RouteChangeKind.Failover ? "fail over" : "repair")} {Destination} in {RouteTableId} from {Show(From, OldRouter)} to {Show(To, NewRouter)}: {Reason}",
    };

    private static string Show(RouteTarget? target, IPAddress? router) => router is null ? $"{target}" : $"{router} ({target})";
}
