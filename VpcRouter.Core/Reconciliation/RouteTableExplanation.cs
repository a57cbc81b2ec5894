using System.Collections.Immutable;
using System.Net;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>What a managed route table does with a destination, and what will happen there. Immutable.</summary>
/// <param name="RouteTableId">The table.</param>
/// <param name="Rule">What becomes of the route there and the rule that decided, in words that an operator understands.</param>
public sealed record RouteTableExplanation(string RouteTableId, string Rule)
{
    /// <summary>The table's Name tag, if any.</summary>
    public string? Name { get; init; }

    /// <summary>The availability zones of the table's subnets.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>The table's route to exactly this destination, or <see langword="null"/>.</summary>
    public Route? Route { get; init; }

    /// <summary>The host that this route leads to, or <see langword="null"/> when it leads to none of the entry's.</summary>
    public IPAddress? Router { get; init; }

    /// <summary>The route that takes the packets while there is none to exactly this destination: the longest that covers it. Prefix lists are passed over, for the table doesn't show what is in them.</summary>
    public Route? CoveredBy { get; init; }

    /// <summary>What the plan changes there, or <see langword="null"/>.</summary>
    public RouteChange? Change { get; init; }

    /// <summary>Why a guard holds that change back; <see langword="null"/> when none does.</summary>
    public string? HeldBack { get; init; }

    /// <summary>When the route may return to a host that it prefers; <see langword="null"/> when it won't.</summary>
    public DateTimeOffset? ReturnsAt { get; init; }
}
