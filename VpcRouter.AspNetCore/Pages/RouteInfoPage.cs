using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>
/// The page <c>/route_info</c>: the spec, for each destination the router of now as in the original, and under <c>details</c> how that
/// came to be and who else could do it.
/// </summary>
internal sealed class RouteInfoPage(RouteBoard board, RouteQuery query, CidrList ignored, DateTimeOffset now)
{
    private readonly DestinationPage _page = DestinationPage.Of(board, query);

    /// <summary>The page as it can be shared.</summary>
    /// <param name="after">Where the next page is.</param>
    public PageContent Content(NextPage after)
    {
        var next = after.After(query.Offset, query.Limit, _page.Total);
        return new PageContent(board.Status, _page.Entries.Sum(index => 1 + board.Spec.Entries[index].Hosts.Length), sink => WriteAsync(sink, next)) { ReadAt = board.ReadAt, Next = next };
    }

    private async ValueTask WriteAsync(JsonSink sink, string? next)
    {
        var json = sink.Json;
        json.WriteStartObject();
        await WriteEachAsync(sink, "route_spec", index => RouteSpecJson.Write(json, board.Spec.Entries[index])).ConfigureAwait(false);
        await WriteEachAsync(sink, "routes", index => WriteRouter(json, index)).ConfigureAwait(false);
        json.WriteStartArray("ignore_routes");
        foreach (var item in ignored.Items)
            json.WriteStringValue(item.ToString());
        json.WriteEndArray();
        await WriteEachAsync(sink, "details", index => WriteDetails(json, index)).ConfigureAwait(false);
        json.WriteNumber("total", _page.Total);
        json.WriteString("next", next);
        json.WriteEndObject();
    }

    private async ValueTask WriteEachAsync(JsonSink sink, string name, Action<int> write)
    {
        sink.Json.WriteStartObject(name);
        foreach (var index in _page.Entries)
        {
            write(index);
            await sink.RestAsync().ConfigureAwait(false);
        }

        sink.Json.WriteEndObject();
    }

    private void WriteRouter(System.Text.Json.Utf8JsonWriter json, int index)
    {
        var entry = board.Spec.Entries[index];
        ref readonly var view = ref board.ViewOf(index);
        json.WritePropertyName(entry.Destination.ToString());
        if (view.Route is null || board.Status.Snapshot is null)
        {
            json.WriteNullValue();
            return;
        }

        var router = RouterOf.Route(view.Route, entry, board.Status.Snapshot);
        json.WriteStartArray();
        json.WriteStringValue(router.Router?.ToString());
        json.WriteStringValue(router.InstanceId);
        json.WriteStringValue(router.InterfaceId);
        json.WriteEndArray();
    }

    private void WriteDetails(System.Text.Json.Utf8JsonWriter json, int index)
    {
        var entry = board.Spec.Entries[index];
        ref readonly var view = ref board.ViewOf(index);
        json.WriteStartObject(entry.Destination.ToString());
        json.WriteString("state", QueryReader.NameOf(view.Condition));
        json.WriteString("router", view.RouterIn(entry)?.ToString());
        json.WriteString("target", view.Route?.Target.ToString());
        json.WriteString("select", entry.Select.ToString().ToLowerInvariant());
        json.WriteNumber("tables", view.Tables);
        RouteJson.WriteLastWrite(json, view.Route?.Target, view.OutcomeOf(entry, board));
        json.WriteStartArray("candidates");
        foreach (var host in entry.Hosts)
            RouteJson.WriteCandidate(json, host, board, now);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
