using System.Collections.Immutable;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Reconciliation;

/// <summary>Why the routes to a destination are what they are. Immutable.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Summary">Whether and how it is managed, in words that an operator understands.</param>
public sealed record RouteExplanation(RouteDestination Destination, string Summary)
{
    /// <summary>The spec's entry for exactly this destination, or <see langword="null"/>.</summary>
    public RouteEntry? Entry { get; init; }

    /// <summary>When the spec doesn't name the destination, the entry that covers it most closely, or <see langword="null"/>.</summary>
    public RouteEntry? CoveredBy { get; init; }

    /// <summary>The entry's hosts, in the spec's order; empty without an entry.</summary>
    public ImmutableArray<CandidateExplanation> Candidates { get; init; } = [];

    /// <summary>The managed route tables, in the snapshot's order.</summary>
    public ImmutableArray<RouteTableExplanation> Tables { get; init; } = [];
}
