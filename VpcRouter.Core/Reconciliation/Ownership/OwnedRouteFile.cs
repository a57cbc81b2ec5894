using System.Text.Json;
using Microsoft.Extensions.Logging;
using VpcRouter.RouteSpecs;
using VpcRouter.Storage;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation.Ownership;

/// <summary>Keeps the routes that VpcRouter wrote in a file of the state folder, one for each VPC; where there is none yet, the journal may know.</summary>
/// <param name="folder">The state folder.</param>
/// <param name="recover">What the journal says of a VPC.</param>
/// <param name="logger">Where it is told that the file can't be used.</param>
internal sealed partial class OwnedRouteFile(StateFolder folder, Func<string, IReadOnlyList<OwnedRoute>> recover, ILogger<OwnedRouteFile> logger) : IOwnedRouteStore
{
    private static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string NameOf(string vpcId) => $"owned-routes.{vpcId}.json";

    public IReadOnlyList<OwnedRoute> Load(string vpcId)
    {
        try
        {
            return folder.Read(NameOf(vpcId)) is { } content ? Read(content, vpcId) : Recover(vpcId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            Log.Unusable(logger, Path.Combine(folder.Path, NameOf(vpcId)), e.Message);
            return [];
        }
    }

    public void Save(string vpcId, IReadOnlyList<OwnedRoute> routes)
    {
        var document = new Document(vpcId, [.. routes.Select(route => new Entry(route.RouteTableId, route.Destination.ToString(), route.Target.Kind.ToString(), route.Target.Id))]);
        folder.Write(NameOf(vpcId), JsonSerializer.SerializeToUtf8Bytes(document, Style));
    }

    private static List<OwnedRoute> Read(byte[] content, string vpcId)
    {
        var document = JsonSerializer.Deserialize<Document>(content, Style);
        if (document?.Vpc != vpcId || document.Routes is null)
            throw new JsonException($"it isn't about {vpcId}");
        return [.. document.Routes.Select(ToRoute)];
    }

    private static OwnedRoute ToRoute(Entry entry) =>
        entry is { Table: { } table, Destination: { } destination, Target: { } target } && Enum.TryParse<RouteTargetKind>(entry.Kind, out var kind)
            ? new OwnedRoute(table, RouteDestination.Parse(destination), new RouteTarget(kind, target))
            : throw new JsonException("a route in it lacks its table, destination or target");

    private IReadOnlyList<OwnedRoute> Recover(string vpcId)
    {
        var routes = recover(vpcId);
        if (routes.Count > 0)
            Log.Recovered(logger, routes.Count);
        return routes;
    }

    private sealed record Document(string? Vpc, IReadOnlyList<Entry>? Routes);

    private sealed record Entry(string? Table, string? Destination, string? Kind, string? Target);
}
