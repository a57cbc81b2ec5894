using System.Text.Json;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.Reconciliation;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>
/// The page <c>/vpc</c>: the routes of the managed tables as last seen, with what was done to them last, in the original's line and
/// under <c>details</c> in fields; and what holds the router back.
/// </summary>
internal sealed class VpcPage(RouteBoard board, RouteQuery query, DateTimeOffset now)
{
    private const string Nothing = "-";
    private readonly TablePage _page = new(board, query);

    /// <summary>The page as it can be shared.</summary>
    /// <param name="after">Where the next page is.</param>
    public PageContent Content(NextPage after)
    {
        var next = after.After(query.Offset, query.Limit, _page.Total);
        return new PageContent(board.Status, board.Tables.Length + Math.Min(_page.Total, query.Limit ?? _page.Total), sink => WriteAsync(sink, next)) { ReadAt = board.ReadAt, Next = next };
    }

    private async ValueTask WriteAsync(JsonSink sink, string? next)
    {
        var json = sink.Json;
        json.WriteStartObject();
        RouteJson.WriteTime(json, "time", board.Status.Snapshot?.TakenAt);
        await WriteByTableAsync(sink, "route_tables", row => json.WriteString(row.Destination.ToString(), Line(RouterOf(row), row.Outcome))).ConfigureAwait(false);
        await WriteByTableAsync(sink, "details", row => WriteDetails(json, row)).ConfigureAwait(false);
        RouteJson.WriteGuards(json, board.Status, now);
        json.WriteStartArray("warnings");
        foreach (var warning in board.Status.Plan?.Warnings ?? [])
            json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteNumber("total", _page.Total);
        json.WriteString("next", next);
        json.WriteEndObject();
    }

    // Without a filter every managed table is named, whether it holds a route or not.
    private async ValueTask WriteByTableAsync(JsonSink sink, string name, Action<TableRow> write)
    {
        sink.Json.WriteStartObject(name);
        var tables = new Queue<string>(query is { Offset: 0, Limit: null, Condition: null, Overlapping: null, Text: null, Router: null } ? board.Tables.Select(table => table.Id).Where(id => query.Table is null || query.Table == id) : []);
        string? open = null;
        foreach (var row in _page.Rows)
        {
            if (open != row.Table.Id)
            {
                if (open is not null)
                    sink.Json.WriteEndObject();
                WriteEmpty(sink.Json, tables, row.Table.Id);
                sink.Json.WriteStartObject(open = row.Table.Id);
            }

            write(row);
            await sink.RestAsync().ConfigureAwait(false);
        }

        if (open is not null)
            sink.Json.WriteEndObject();
        WriteEmpty(sink.Json, tables, null);
        sink.Json.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter json, Queue<string> tables, string? until)
    {
        while (tables.TryDequeue(out var id) && id != until)
        {
            json.WriteStartObject(id);
            json.WriteEndObject();
        }
    }

    private RouterOf RouterOf(TableRow row) =>
        row.Route is null ? new RouterOf(null, null, null) : Pages.RouterOf.Route(row.Route, row.Entry < 0 ? null : board.Spec.Entries[row.Entry], board.Status.Snapshot!);

    private void WriteDetails(Utf8JsonWriter json, TableRow row)
    {
        var router = RouterOf(row);
        json.WriteStartObject(row.Destination.ToString());
        json.WriteString("state", QueryReader.NameOf(board.ConditionOf(row.Table.Id, row.Destination, row.Route, row.Entry)));
        json.WriteString("router", router.Router?.ToString());
        json.WriteString("instance", router.InstanceId);
        json.WriteString("interface", router.InterfaceId);
        json.WriteString("target", row.Route?.Target.ToString());
        json.WriteString("ec2_state", row.Route is null ? null : QueryReader.NameOf(row.Route.State));
        RouteJson.WriteLastWrite(json, row.Route?.Target, row.Outcome);
        json.WriteEndObject();
    }

    private static string Line(RouterOf router, RouteChangeOutcome? outcome) =>
        $"inst: {router.InstanceId ?? Nothing}, eni: {router.InterfaceId ?? Nothing}, r_ip: {router.Router?.ToString() ?? Nothing}, "
        + $"o_r_ip: {outcome?.Change.OldRouter?.ToString() ?? Nothing}, msg: {MessageOf(outcome)}";

    private static string MessageOf(RouteChangeOutcome? outcome) => outcome switch
    {
        null => Nothing,
        { Error: { } error } => $"{outcome.Change.Reason}; failed: {error.Code}: {error.Message}",
        _ => outcome.Change.Reason,
    };
}
