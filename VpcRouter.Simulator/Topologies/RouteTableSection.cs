using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Topologies;

/// <summary>Reads the route tables; their routes go through the same rules as CreateRoute.</summary>
internal sealed class RouteTableSection(TopologyDraft draft)
{
    private readonly Dictionary<string, string> _associated = new(StringComparer.Ordinal);
    private int _associations;

    public void Read(JsonCursor root)
    {
        var tables = root.Objects("routeTables", "id", "name", "main", "subnets", "gateway", "routes", "routeQuota").Index().ToList();
        ReadGateways(root, tables.Select(t => t.Item));
        foreach (var (index, cursor) in tables)
            ReadTable(cursor, index);
        var mains = draft.Model.RouteTables.Values.Count(t => t.IsMain);
        if (mains != 1)
            draft.Errors.Add(root.PathOf("routeTables"), $"{mains} main route tables", "set \"main\": true on exactly one of them");
    }

    private void ReadGateways(JsonCursor root, IEnumerable<JsonCursor> tables)
    {
        var gateways = root.Texts("gateways").ToList();
        gateways.AddRange(tables.Where(t => t.Has("gateway")).Select(t => (t.PathOf("gateway"), t.Text("gateway") ?? "igw-")));
        foreach (var (path, id) in gateways)
        {
            var isGateway = RouteTarget.KindOf(id) is not (null or TargetKind.Instance or TargetKind.NetworkInterface);
            if (!isGateway || !id.Contains('-', StringComparison.Ordinal))
                draft.Errors.Add(path, $"'{id}' is no gateway", "use an id that begins with igw-, vgw-, vpce-, nat-, tgw-, pcx- or eigw-");
        }

        draft.Model = draft.Model with { Gateways = [.. gateways.Select(g => g.Item2)] };
    }

    private void ReadTable(JsonCursor cursor, int index)
    {
        if (draft.Id(cursor, "id", "rtb", index) is not { } id)
            return;
        var table = new RouteTable(id, cursor.Text("name"), [.. Associations(cursor)])
        {
            RouteQuota = cursor.Has("routeQuota") ? cursor.Number("routeQuota", VpcModel.DefaultRouteQuota, 1, 1000) : null,
        };
        if (table.IsEdge && table.Associations.Length > 1)
            draft.Errors.Add(cursor.PathOf("gateway"), "an edge table can't be the main table or have subnets", "use a table of its own");
        foreach (var cidr in draft.Model.Vpc.AllCidrs)
            table = table.Put(new Route(Destination.Of(cidr), RouteTarget.Local, RouteOrigin.CreateRouteTable));
        draft.Model = draft.Model.Put(table);
        foreach (var route in cursor.Objects("routes", "destination", "target", "propagated"))
            ReadRoute(route, id);
    }

    private IEnumerable<RouteTableAssociation> Associations(JsonCursor cursor)
    {
        if (cursor.Flag("main", false))
            yield return new RouteTableAssociation(NextId(), null, null);
        if (cursor.Text("gateway") is { } gateway)
            yield return new RouteTableAssociation(NextId(), null, gateway);
        foreach (var (path, subnet) in cursor.Texts("subnets"))
        {
            if (!draft.Model.Subnets.ContainsKey(subnet))
                draft.Errors.Add(path, $"no subnet '{subnet}'", "use the id of one of $.subnets");
            else if (!_associated.TryAdd(subnet, path))
                draft.Errors.Add(path, $"'{subnet}' is associated already at {_associated[subnet]}", "list each subnet once");
            else
                yield return new RouteTableAssociation(NextId(), subnet, null);
        }
    }

    private string NextId() => $"rtbassoc-{++_associations:x17}";

    private void ReadRoute(JsonCursor cursor, string tableId)
    {
        var destination = cursor.RequiredText("destination", "10.55.16.0/24");
        var target = cursor.RequiredText("target", "igw-0a1b2c3d");
        if (destination is null || target is null)
            return;
        if (Target(target) is not { } known)
        {
            draft.Errors.Add(cursor.PathOf("target"), $"'{target}' is no route target",
                "use a host's address or an id that begins with eni-, i-, igw-, vgw-, vpce-, nat-, tgw-, pcx- or eigw-");
            return;
        }

        // A gateway that a route names need not be listed under $.gateways as well.
        if (known.Kind is not (TargetKind.NetworkInterface or TargetKind.Instance))
            draft.Model = draft.Model with { Gateways = draft.Model.Gateways.Add(known.Id) };
        try
        {
            var origin = cursor.Flag("propagated", false) ? RouteOrigin.EnableVgwRoutePropagation : RouteOrigin.CreateRoute;
            draft.Model = RouteRules.Create(draft.Model, tableId, Destination.Parse(destination), known, origin);
        }
        catch (Ec2Exception refusal)
        {
            draft.Errors.Add(cursor.Path, $"EC2 would refuse it ({refusal.Code}: {refusal.Message})", "change the destination or the target");
        }
    }

    private RouteTarget? Target(string text)
    {
        if (Cidr.TryParseAddress(text, out var address))
            return draft.Model.FindHost(address) is { } host ? new(TargetKind.NetworkInterface, host.InterfaceId) : null;
        return RouteTarget.KindOf(text) is { } kind ? new RouteTarget(kind, text) : null;
    }
}
