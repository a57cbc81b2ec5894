using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>One route of one table, as it stands or as it was tried. Immutable.</summary>
/// <param name="Table">The table.</param>
/// <param name="Destination">The route.</param>
/// <param name="Route">The route as it stands; <see langword="null"/> for one that is gone or never came to be.</param>
/// <param name="Entry">The spec's entry for it, or −1.</param>
/// <param name="Outcome">What was written to it last.</param>
internal readonly record struct TableRow(RouteTable Table, RouteDestination Destination, Route? Route, int Entry, RouteChangeOutcome? Outcome);
