using System.Collections;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>The destinations of the spec that a query asks for, one page of them. Immutable.</summary>
/// <param name="Entries">The indexes of the entries on the page.</param>
/// <param name="Total">How many destinations the query matches on all pages.</param>
internal sealed record DestinationPage(IReadOnlyList<int> Entries, int Total)
{
    public static DestinationPage Of(RouteBoard board, RouteQuery query)
    {
        var inTable = query.Table is null ? null : InTable(board, query.Table);
        var page = new List<int>(Math.Min(query.Limit ?? 0, board.Spec.Entries.Length));
        var total = 0;
        for (var i = 0; i < board.Spec.Entries.Length; i++)
        {
            if ((inTable is not null && !inTable[i]) || !Matches(board, query, i))
                continue;
            if (total >= query.Offset && !(page.Count >= query.Limit))
                page.Add(i);
            total++;
        }

        return new DestinationPage(page, total);
    }

    private static bool Matches(RouteBoard board, RouteQuery query, int index)
    {
        var entry = board.Spec.Entries[index];
        ref readonly var view = ref board.ViewOf(index);
        return (query.Condition is null || view.Condition == query.Condition)
            && (query.Router is null || query.Router.Equals(view.RouterIn(entry)))
            && query.Wants(entry.Destination)
            && query.Finds(entry);
    }

    private static BitArray InTable(RouteBoard board, string tableId)
    {
        var found = new BitArray(board.Spec.Entries.Length);
        var destinations = board.Tables.Where(table => table.Id == tableId).SelectMany(table => table.Routes).Select(route => route.Destination)
            .Concat(PlannedIn(board.Status, tableId));
        foreach (var destination in destinations)
        {
            if (board.Spec.IndexOf(destination) is >= 0 and var index && board.Concerns(index, tableId))
                found[index] = true;
        }

        return found;
    }

    private static IEnumerable<RouteSpecs.RouteDestination> PlannedIn(RouterStatus status, string tableId) =>
        (status.Plan?.Changes ?? []).Where(change => change.RouteTableId == tableId).Select(change => change.Destination);
}
