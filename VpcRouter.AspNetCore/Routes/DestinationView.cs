using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>What one destination of the spec comes to over all managed tables. Immutable once the board is made.</summary>
internal struct DestinationView
{
    /// <summary>A table that holds it, one with an eligible router where there is one; <see langword="null"/> when none does.</summary>
    public RouteTable? Table { get; set; }

    /// <summary>Its route in that table.</summary>
    public Route? Route { get; set; }

    /// <summary>The place of its router in the entry's host list, or −1.</summary>
    public int Router { get; set; }

    /// <summary>How many managed tables hold it.</summary>
    public int Tables { get; set; }

    /// <summary>Whether a host of its is neither failed nor gone.</summary>
    public bool HasUsableHost { get; init; }

    /// <summary>The worst condition of its routes.</summary>
    public RouteCondition Condition { get; set; }

    /// <summary>The table of the worst of them, whose last write is worth telling.</summary>
    public RouteTable? WorstTable { get; set; }

    /// <summary>The router's host, if it has one.</summary>
    public readonly System.Net.IPAddress? RouterIn(RouteEntry entry) => Router < 0 ? null : entry.Hosts[Router];

    /// <summary>What was done last to the route that the view tells of.</summary>
    public readonly RouteChangeOutcome? OutcomeOf(RouteEntry entry, RouteBoard board) =>
        (WorstTable ?? Table) is { } table ? board.Outcome(table.Id, entry.Destination) : null;
}
