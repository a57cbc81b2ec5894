using VpcRouter.Vpc;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>The routes of the managed tables that a query asks for, one page of them. Enumerating it again costs a walk, not memory.</summary>
internal sealed class TablePage(RouteBoard board, RouteQuery query)
{
    /// <summary>How many routes the query matches on all pages.</summary>
    public int Total { get; } = Matching(board, query).Count();

    /// <summary>The rows of the page, table by table.</summary>
    public IEnumerable<TableRow> Rows => query.Limit is { } limit ? Matching(board, query).Skip(query.Offset).Take(limit) : Matching(board, query).Skip(query.Offset);

    private static IEnumerable<TableRow> Matching(RouteBoard board, RouteQuery query) => board.Tables
        .Where(table => query.Table is null || table.Id == query.Table)
        .SelectMany(table => RowsOf(board, table))
        .Where(row => query.Wants(row.Destination) && Finds(board, query, row) && Leads(board, query, row)
            && (query.Condition is null || board.ConditionOf(row.Table.Id, row.Destination, row.Route, row.Entry) == query.Condition));

    private static IEnumerable<TableRow> RowsOf(RouteBoard board, RouteTable table)
    {
        foreach (var route in table.Routes)
        {
            var row = new TableRow(table, route.Destination, route, board.Spec.IndexOf(route.Destination), board.Outcome(table.Id, route.Destination));
            if ((row.Entry >= 0 || row.Outcome is not null || LeadsToRouter(route)) && !board.IsShadowed(table, route))
                yield return row;
        }

        foreach (var outcome in board.VanishedFrom(table.Id))
            yield return new TableRow(table, outcome.Change.Destination, null, board.Spec.IndexOf(outcome.Change.Destination), outcome);
    }

    private static bool LeadsToRouter(Route route) => route.IsCreated && route.Target.Kind is RouteTargetKind.NetworkInterface or RouteTargetKind.Instance;

    private static bool Finds(RouteBoard board, RouteQuery query, TableRow row) =>
        query.Text is null || (row.Entry >= 0 ? query.Finds(board.Spec.Entries[row.Entry]) : query.Finds(row.Destination));

    private static bool Leads(RouteBoard board, RouteQuery query, TableRow row) =>
        query.Router is null
        || (row is { Entry: >= 0, Route: not null } && board.RouterOf(board.Spec.Entries[row.Entry], row.Route) is >= 0 and var router && query.Router.Equals(board.Spec.Entries[row.Entry].Hosts[router]));
}
